import { createHash, randomBytes } from 'node:crypto';
import { deriveCommitteeKey, deriveSigningKey } from '@/lib/sealing/member-key';
import { signKeySet } from '@/lib/sealing/keyset';
import { openOwnShare, parseEnvelope, type EnvelopeExpectation } from '@/lib/sealing/envelope';
import type { PackageManifest } from '@/lib/sealing/package';
import { memoryStore, sealEnvelope } from '@/lib/sealing/seal';
import { bidKeyPair } from '@/lib/sealing/recovery';
import { computePriceForm } from '@/lib/sealing/price-form';
import { signRecord } from '@/lib/record/sign';
import { toHex } from '@/lib/record/hex';
import type { TenderRecord } from '@/lib/record/record';
import { pendingKeyset } from '@/lib/procedure/acts/publication';
import type { Act } from '@/lib/procedure/permissions';
import { bidsToOpen, keySetOf, keySets, placeIn, tender, type Process } from '@/lib/procedure/state';
import { inUnit, itemsOf } from '@/lib/procedure/scopes';
import type { Part, Unit } from '@/lib/procedure/units';
import { expectedEnvelopes, expectedOf } from '@/lib/server/expected-envelopes';
import { uuidv7 } from '@/lib/server/ids';
import { loadProcess } from '@/lib/server/load-process';
import { performAct, prepareAct } from '@/lib/server/operations/perform-act';
import { registerKey } from '@/lib/server/operations/register-key';
import type { World } from '@/lib/server/world';
import type { Player } from './company';

/** One act by a player, through the real operation. @throws with the refusal's code. */
export async function perform(
  world: World,
  who: Player,
  act: Act,
  tenderId: string,
  input: unknown,
  unit: Unit | null = null,
): Promise<void> {
  const outcome = await performAct(world, who, act, tenderId, input, unit);
  if (!outcome.ok)
    throw new Error(`${who.slug}: ${act}: ${outcome.code} ${JSON.stringify(outcome.fieldErrors ?? {})}`);
}

export async function processOf(world: World, tenderId: string): Promise<Process> {
  const process = await loadProcess(world.db, world, tenderId);
  if (!process) throw new Error('No such process');
  return process;
}

const scope = (process: Process) => ({
  chainId: process.chainId,
  contract: process.contract,
  ocid: process.ocid,
});

/** What a member's browser does to accept: register the key, sign the acceptance. */
export async function acceptSeat(world: World, who: Player, tenderId: string): Promise<void> {
  const process = await processOf(world, tenderId);
  const signing = deriveSigningKey(who.keySeed);
  const key = await registerKey(world, who, { publicKey: toHex(signing.publicKey), demonstration: true });
  if (!key.ok) throw new Error(`register-key: ${key.code}`);
  const x25519 = toHex(deriveCommitteeKey(who.keySeed, scope(process)).publicKey);
  const input = { x25519, key: key.commitment };
  const prepared = await prepareAct(
    world,
    who,
    'accept-appointment',
    tenderId,
    input,
    uuidv7(world.clock.now()),
  );
  if (!prepared.ok) throw new Error(`accept-appointment: ${prepared.code}`);
  const record = prepared.records[0] as TenderRecord;
  const { signature } = signRecord(record, signing.secret, key.commitment);
  await perform(world, who, 'accept-appointment', tenderId, {
    ...input,
    id: prepared.id,
    time: prepared.time,
    signature,
  });
}

/** What a member's browser does to sign the key set. */
export async function signSeat(world: World, who: Player, tenderId: string): Promise<void> {
  const keyset = pendingKeyset(await processOf(world, tenderId));
  if (!keyset) throw new Error('The key set is not complete');
  const signature = signKeySet(keyset, deriveSigningKey(who.keySeed).secret);
  await perform(world, who, 'sign-keyset', tenderId, { signature });
}

export interface BidPlan {
  /** Unit price by item id, as decimal strings; a lot without any is not bid for. */
  prices: Readonly<Record<string, string>>;
  files: readonly { name: string; mediaType: string; bytes: Uint8Array }[];
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Seals one envelope as the bidder's browser does, and hands in its ciphertext. @returns its digest */
async function sealOne(
  world: World,
  who: Player,
  tenderId: string,
  expected: EnvelopeExpectation,
  content: Pick<PackageManifest, 'priceForm' | 'declarations'> & Pick<BidPlan, 'files'>,
): Promise<string> {
  const { ocid, lot, part, tenderer } = expected.identity;
  const { priceForm, declarations, files } = content;
  const store = memoryStore();
  const sealed = await sealEnvelope(
    {
      ...expected,
      seed: new Uint8Array(randomBytes(32)),
      manifest: {
        v: 1,
        ocid,
        lot,
        part,
        tenderer,
        consortium: [],
        declarations,
        priceForm,
        files: files.map(({ name, mediaType, bytes }) => ({
          name,
          mediaType,
          size: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        })),
      },
      contents: files.map((file) => () => once(file.bytes)),
    },
    store,
  );
  const stored = await world.storage.put(concatenated([sealed.header, ...store.pieces]), sealed.size);
  const now = world.clock.now();
  await world.db.upload.create({
    data: {
      id: uuidv7(now),
      kind: 'envelope',
      tenderId,
      personId: who.person,
      name: 'envelope',
      mediaType: 'application/octet-stream',
      size: BigInt(stored.size),
      sha256: stored.sha256,
      storageKey: stored.key,
      createdAt: new Date(now),
    },
  });
  return stored.sha256;
}

/** What a bidder's browser does: price, seal, upload ciphertext, file the bid: for each lot, both parts where there are two. */
export async function bid(world: World, who: Player, tenderId: string, plan: BidPlan): Promise<void> {
  const process = await processOf(world, tenderId);
  const notice = tender(process);
  if (!notice) throw new Error('Not published');
  const declarations = notice.statements.map((s) => s.id);
  const envelopes = [];
  for (const expected of expectedEnvelopes(process, who.organization.id)) {
    const { lot } = expected.identity;
    const part = expected.identity.part as Part;
    const items = itemsOf({ ...process, unit: { lot, part } });
    if (!items.some((item) => item.id in plan.prices)) continue;
    const rows = items.map((item) => ({
      itemId: item.id,
      quantity: item.quantity,
      unitPrice: plan.prices[item.id] ?? '1',
    }));
    const priceForm = part === 'technical' ? null : computePriceForm(notice.currency, rows);
    const files = part === 'financial' ? [] : plan.files;
    const envelope = await sealOne(world, who, tenderId, expected, { priceForm, declarations, files });
    envelopes.push({ lot, part, envelope, replaces: null });
  }
  const bidKey = toHex(bidKeyPair(new Uint8Array(randomBytes(32))).publicKey);
  const keyset = keySets(process).at(-1)?.hash ?? '';
  await perform(world, who, 'submit-bid', tenderId, { envelopes, bidKey, keyset });
}

async function* concatenated(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function head(
  world: World,
  sha256: string,
  tenderId: string,
): Promise<{ bytes: Uint8Array; size: number }> {
  const upload = await world.db.upload.findFirstOrThrow({
    where: { sha256, tenderId, kind: 'envelope', usedBy: { not: null } },
  });
  const pieces: Buffer[] = [];
  for await (const piece of world.storage.get(upload.storageKey, { start: 0, end: 4095 }))
    pieces.push(piece as Buffer);
  return { bytes: new Uint8Array(Buffer.concat(pieces)), size: Number(upload.size) };
}

/** What a member's browser does at the opening: open the own share of every bid of the unit, release them together. */
export async function releaseShares(
  world: World,
  who: Player,
  tenderId: string,
  unit: Unit | null = null,
): Promise<void> {
  const whole = await processOf(world, tenderId);
  const process = unit ? inUnit(whole, unit) : whole;
  const { secret } = deriveCommitteeKey(who.keySeed, scope(process));
  const shares = [];
  for (const b of bidsToOpen(process)) {
    const set = keySetOf(process, b.data.keyset);
    const index = set && placeIn(process, set, who.person);
    const expected = expectedOf(process, b);
    if (!expected || index === null) continue;
    const envelope = await head(world, b.data.envelope, tenderId);
    const header = parseEnvelope(envelope.bytes, envelope.size);
    const share = await openOwnShare(header, expected, index, secret);
    shares.push({ bid: b.commitment, share: toHex(share.bytes) });
  }
  await perform(world, who, 'release-shares', tenderId, { shares, unopenable: [] }, unit);
}

/** Scores for bids by every quality criterion, spread by a number that differs from evaluator to evaluator. */
export function scoresFor(
  process: Process,
  bids: readonly { commitment: string; poor?: boolean }[],
  comment: string,
  spread: number,
) {
  const criteria = (tender(process)?.criteria ?? []).filter((c) => c.kind === 'quality');
  return bids.flatMap((b, i) =>
    criteria.map((c, j) => ({
      bid: b.commitment,
      criterion: c.id,
      score: (b.poor ? 22 : 62) + ((i * 17 + j * 11 + spread * 7) % 33),
      comment: b.poor ? '' : comment,
    })),
  );
}
