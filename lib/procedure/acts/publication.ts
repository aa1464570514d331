import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod';
import { COMMITTEE_SEATS } from '../../record/catalogue';
import { toHex } from '../../record/hex';
import { canonicalBytes } from '../../record/jcs';
import {
  hex32,
  noticeDraftSchema,
  noticeSchema,
  organizationRef,
  text,
  type Notice,
  type NoticeDraft,
} from '../../record/notice';
import {
  keySetDigest,
  keySetHash,
  verifyMemberSignature,
  type KeySet,
  type KeySetDraft,
} from '../../sealing/keyset';
import { mostNeeded, wronglyBound } from '../committee-plan';
import { act, nothing, type Context, type Decision, type Upload } from '../decision';
import { recordIdSchema, timeSchema, type RecordDocument } from '../../record/record';
import { refuse, type Refusal } from '../refusal';
import { rulePack } from '../rules/packs';
import { all, committee, keySets, publicationRequest, type Process } from '../state';

/** What an officer saves while writing: the notice and the documents to attach. */
const draftInput = z.strictObject({ draft: noticeDraftSchema });

export const editDraft = act(draftInput, (_process, { draft }) => ({
  ok: true,
  records: [],
  draft: draft as NoticeDraft,
}));

export const appointCommittee = act(
  z.strictObject({
    k: z.int().min(1).max(11),
    members: z
      .array(
        z.strictObject({
          person: z.string().min(1).max(100),
          seat: z.enum(COMMITTEE_SEATS),
          /** Of a deputy: the place in this list, from 1, of the member stood in for. */
          deputyFor: z.int().min(1).max(11).optional(),
          organization: organizationRef,
        }),
      )
      .min(1, 'required')
      .max(11, 'too-many'),
  }),
  (_process, { k, members }) => {
    if (k > mostNeeded(members)) return refuse('invalid-input', undefined, { k: 'threshold' });
    if (new Set(members.map((m) => m.person)).size !== members.length)
      return refuse('invalid-input', undefined, { members: 'duplicate-person' });
    const unbound = wronglyBound(members);
    if (unbound !== null)
      return refuse('invalid-input', undefined, { [`members.${unbound}.deputyFor`]: 'deputy' });
    const numbered = members.map((m, i) => ({ index: i + 1, ...m }));
    return {
      ok: true,
      records: [{ type: 'committee-appointed', role: 'officer', data: { k, members: numbered } }],
    };
  },
);

export const acceptAppointment = act(
  z.strictObject({
    x25519: hex32,
    key: hex32,
    id: recordIdSchema,
    time: timeSchema,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
  (process, input, { actor, signingKeys }) => {
    const seat = committee(process)?.seats.find((s) => s.person === actor.person);
    if (!seat) return refuse('not-in-committee');
    if (seat.accepted) return refuse('already-done');
    // The key must be this member's own: else one member could bind another's key to a seat.
    if (signingKeys.get(input.key)?.person !== actor.person) return refuse('unknown-key');
    const { x25519, key, id, time, signature } = input;
    return {
      ok: true,
      records: [
        {
          type: 'committee-accepted',
          role: 'committee',
          data: { index: seat.index, x25519, key },
          signed: { id, time },
          signatures: [{ alg: 'ed25519', key, signature }],
        },
      ],
    };
  },
);

/** The key set without signatures, once every member has accepted; null before. */
export function pendingKeyset(process: Process): KeySetDraft | null {
  const seats = committee(process)?.seats;
  if (!seats) return null;
  const members = seats.flatMap((s) =>
    s.accepted ? [{ index: s.index, x25519: s.accepted.data.x25519, key: s.accepted.data.key }] : [],
  );
  if (members.length !== seats.length) return null;
  const { chainId, contract, ocid } = process;
  return { v: 1, chainId, contract, ocid, n: members.length, k: committee(process)?.k ?? 0, members };
}

/** The key set with every member's signature, or null while one is missing. */
export function signedKeyset(process: Process): KeySet | null {
  const unsigned = pendingKeyset(process);
  const seats = committee(process)?.seats ?? [];
  if (!unsigned || seats.some((s) => !s.signed)) return null;
  const members = unsigned.members.map((m) => ({
    ...m,
    signature: seats.find((s) => s.index === m.index)?.signed?.data.signature ?? '',
  }));
  return { ...unsigned, members };
}

export const digestOf = (value: unknown): string => toHex(sha256(canonicalBytes(value)));

export const signKeyset = act(
  z.strictObject({ signature: z.string().regex(/^[0-9a-f]{128}$/) }),
  (process, { signature }, { actor, signingKeys }) => {
    const seat = committee(process)?.seats.find((s) => s.person === actor.person);
    if (!seat) return refuse('not-in-committee');
    if (seat.signed) return refuse('already-done');
    const unsigned = pendingKeyset(process);
    if (!unsigned || !seat.accepted) return refuse('committee-incomplete');
    const key = signingKeys.get(seat.accepted.data.key);
    if (!key) return refuse('unknown-key');
    if (!verifyMemberSignature(unsigned, signature, key.publicKey)) return refuse('bad-signature');
    const data = { index: seat.index, digest: toHex(keySetDigest(unsigned)), signature };
    return { ok: true, records: [{ type: 'keyset-signed', role: 'committee', data }] };
  },
);

/** The draft as a whole notice, or a refusal that names every field. */
export function completeNotice(draft: NoticeDraft | null): { ok: true; notice: Notice } | Refusal {
  const parsed = noticeSchema.safeParse(JSON.parse(JSON.stringify(draft ?? {})));
  if (parsed.success) return { ok: true, notice: parsed.data };
  const fields = Object.fromEntries(parsed.error.issues.map((i) => [i.path.join('.'), i.message]));
  return refuse('invalid-input', undefined, fields);
}

/** The clocks of a notice against its rule pack, at `now`. */
function checkClocks(notice: Notice, now: number): Refusal | null {
  const pack = rulePack(notice.rulePack);
  if (!pack) return refuse('unknown-rule-pack', undefined, { rulePack: 'unknown' });
  const cite = (id: 'notice-to-deadline' | 'standstill') => {
    const { article, sentence } = pack.rules[id];
    return { rule: id, article, sentence };
  };
  if (Date.parse(notice.bidsDue) < now + pack.rules['notice-to-deadline'].value * 1000)
    return refuse('deadline-too-early', cite('notice-to-deadline'), { bidsDue: 'too-early' });
  if (notice.standstill < pack.rules.standstill.value)
    return refuse('standstill-too-short', cite('standstill'), { standstill: 'too-short' });
  return null;
}

/** The notice's documents: everything that was uploaded for it, in the order of upload. */
const noticeDocuments = (uploads: readonly Upload[], language: string): RecordDocument[] =>
  uploads
    .filter((u) => u.kind === 'document')
    .map(({ id, name, mediaType, size, sha256 }) => ({ id, title: name, mediaType, size, sha256, language }));

/** What the officer asks to publish and the approver approves: the notice and its documents, to the byte. */
export const publicationDigest = (notice: Notice, uploads: readonly Upload[]): string =>
  digestOf({ notice, documents: noticeDocuments(uploads, notice.language) });

export const requestPublication = act(nothing, (process, _input, { now, uploads }): Decision => {
  const complete = completeNotice(process.draft);
  if (!complete.ok) return complete;
  const late = checkClocks(complete.notice, now);
  if (late) return late;
  if (!committee(process)) return refuse('committee-incomplete');
  if (!signedKeyset(process)) return refuse('keyset-incomplete');
  const { value, budget } = complete.notice;
  return {
    ok: true,
    records: [
      { type: 'budget-line', role: 'officer', data: { value, source: budget.source } },
      {
        type: 'publication-requested',
        role: 'officer',
        data: { digest: publicationDigest(complete.notice, uploads) },
      },
    ],
  };
});

const withRequest =
  (type: 'publication-refused' | 'publication-withdrawn', role: 'approver' | 'officer') =>
  (process: Process, input: { reason?: string }): Decision => {
    const digest = publicationRequest(process)?.data.digest;
    if (!digest) return refuse('already-done');
    if (type === 'publication-withdrawn') return { ok: true, records: [{ type, role, data: { digest } }] };
    return { ok: true, records: [{ type, role, data: { digest, reason: input.reason ?? '' } }] };
  };

export const withdrawRequest = act(nothing, withRequest('publication-withdrawn', 'officer'));
export const refusePublication = act(
  z.strictObject({ reason: text(2000) }),
  withRequest('publication-refused', 'approver'),
);

/**
 * Publication: approval and notice are filed together; `openTender` carries the notice's commitment, and the
 * tender is published once that is mined (protocol §4).
 */
export const approvePublication = act(
  z.strictObject({ digest: hex32 }),
  (process, { digest }, ctx: Context): Decision => {
    const request = publicationRequest(process);
    if (!request) return refuse('already-done');
    // Four eyes (procedure.md, Roles): whoever asked may not approve.
    if (request.actor.person === ctx.actor.person) return refuse('self-approval');
    const complete = completeNotice(process.draft);
    if (!complete.ok) return complete;
    const present = publicationDigest(complete.notice, ctx.uploads);
    if (digest !== request.data.digest || present !== digest) return refuse('draft-changed');
    const late = checkClocks(complete.notice, ctx.now);
    if (late) return late;
    const keyset = signedKeyset(process);
    if (!keyset) return refuse('keyset-incomplete');
    return {
      ok: true,
      draft: null,
      records: [
        { type: 'publication-approved', role: 'approver', data: { digest } },
        {
          type: 'notice',
          role: 'approver',
          documents: noticeDocuments(ctx.uploads, complete.notice.language),
          data: {
            tender: complete.notice,
            keyset: { ...keyset, members: [...keyset.members] },
            keysetHash: keySetHash(keyset),
          },
        },
      ],
    };
  },
);

/**
 * Another opening committee before bids are due: appointed, accepted and signed like the first, approved by a person other
 * than the officer who appointed it. It is in force once the chain has it (protocol §4, changeCommittee).
 */
export const replaceCommittee = act(
  z.strictObject({ reason: text(2000), digest: hex32 }),
  (process, { reason, digest }, { now, actor, chainLead }): Decision => {
    const keyset = signedKeyset(process);
    const current = keySets(process).at(-1);
    const appointed = committee(process)?.appointed;
    if (!keyset || !current || !appointed) return refuse('keyset-incomplete');
    if (keySetHash(keyset) === current.hash) return refuse('keyset-unchanged');
    if (toHex(keySetDigest(keyset)) !== digest) return refuse('draft-changed');
    if (appointed.actor.person === actor.person) return refuse('self-approval');
    if (all(process, 'committee-replaced').some((r) => !process.chain.keysets.includes(r.data.keysetHash)))
      return refuse('already-done');
    if (now >= Date.parse(process.chain.opening?.bidsDue ?? '') - chainLead)
      return refuse('too-near-deadline');
    const data = {
      keyset: { ...keyset, members: [...keyset.members] },
      keysetHash: keySetHash(keyset),
      previous: current.hash,
      reason,
    };
    return {
      ok: true,
      records: [{ type: 'committee-replaced', role: 'approver', refs: [appointed.commitment], data }],
    };
  },
);
