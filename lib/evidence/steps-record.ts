import { ed25519KeyOf } from './signing-key';
import type { Context } from './context';
import { sameAddress } from './descriptor';
import type { KeyEvidence } from './format';
import { anchorStep, checkpointStep, commitmentOf, logStep } from './steps-log';
import { compare, fail, pass, skip, type Finding } from './step';
import { toHex } from '@/lib/record/hex';
import { verifySignature } from '@/lib/record/sign';
import type { RecordSignature } from '@/lib/record/record';

/**
 * Step 1. The evidence, and that of every key, names the pinned registry. Without this a copy of the registry with a
 * chain of its own could issue evidence that verifies in every other respect.
 */
export function registryStep({ evidence, registry }: Context): Finding {
  for (const proof of [evidence, ...evidence.keys]) {
    if (proof.log.origin !== registry.origin) {
      return fail('other-origin', compare('origin', registry.origin, proof.log.origin));
    }
    if (proof.anchor === null) continue;
    if (proof.anchor.chainId !== registry.chainId) {
      return fail('other-chain', compare('chain-id', registry.chainId, proof.anchor.chainId));
    }
    if (!sameAddress(proof.anchor.contract, registry.contract)) {
      return fail('other-contract', compare('contract', registry.contract, proof.anchor.contract));
    }
  }
  return pass('registry-is-pinned', compare('origin', registry.origin, evidence.log.origin));
}

/** Step 2. The file's bytes are those of one of the record's documents. */
export function fileStep({ evidence, file }: Context): Finding {
  if (file === null) return skip('no-file');
  const { documents } = evidence.entry.record;
  const named = documents.filter(({ sha256 }) => sha256 === file.sha256);
  const match = named.find(({ size }) => size === file.size) ?? named[0];
  if (match === undefined) {
    const listed = documents.map(({ sha256 }) => sha256).join(', ');
    return fail('file-not-in-record', compare('file-sha256', listed, file.sha256));
  }
  const digest = compare('file-sha256', match.sha256, file.sha256);
  if (file.size === null) return pass('file-is-in-record', digest);
  const size = compare('file-size', match.size, file.size);
  return match.size === file.size ? pass('file-is-in-record', digest, size) : fail('file-size-differs', size);
}

/** Step 3. The entry and its salt give a commitment: the value that all later steps look for. */
export function commitmentStep({ commitment }: Context): Finding {
  if (commitment === null) return fail('entry-not-canonical');
  return pass('commitment-computed', compare('commitment', toHex(commitment), toHex(commitment)));
}

/** Step 4. Every signature is valid, by a key that was registered for this person before the record was filed. */
export async function signaturesStep(context: Context): Promise<Finding> {
  const { signatures } = context.evidence.entry;
  if (signatures.length === 0) return skip('no-signatures');
  const findings: Finding[] = [];
  for (const signature of signatures) findings.push(await signatureFinding(context, signature));
  const worst =
    findings.find(({ outcome }) => outcome === 'fail') ??
    findings.find(({ outcome }) => outcome === 'skipped');
  if (worst !== undefined) return worst;
  const demonstration = findings.some(({ code }) => code === 'signatures-valid-demonstration');
  return pass(
    demonstration ? 'signatures-valid-demonstration' : 'signatures-valid',
    ...findings.flatMap(({ compared }) => compared),
  );
}

async function signatureFinding(context: Context, signature: RecordSignature): Promise<Finding> {
  const { record } = context.evidence.entry;
  const key = context.evidence.keys.find((candidate) => hexOf(commitmentOf(candidate)) === signature.key);
  if (key === undefined) return fail('signing-key-missing', compare('signing-key', signature.key, ''));
  const registered = ed25519KeyOf(key.entry.record);
  if (registered === null) return fail('signing-key-unproven', compare('signing-key', signature.key, ''));

  const owner = key.entry.record.actor;
  const signer = compare(
    'signer',
    `${record.actor.organization} / ${record.actor.person}`,
    `${owner.organization} / ${owner.person}`,
  );
  // A valid key of somebody else proves who signed, and that it was not the person whose act this claims to be.
  // Each is compared by itself: joined, `a / b` and `c` would read like `a` and `b / c`.
  const same = owner.organization === record.actor.organization && owner.person === record.actor.person;
  if (!same) return fail('signing-key-of-another', signer);
  if (key.log.index >= context.evidence.log.index) return fail('signing-key-later', signer);
  if (!verifySignature(record, signature, registered.publicKey)) return fail('signature-invalid', signer);
  const doubt = await keyDoubt(context, key);
  if (doubt !== null) return doubt;
  return pass(registered.demonstration ? 'signatures-valid-demonstration' : 'signatures-valid', signer);
}

/** The key's record is proven like any other record: in the log, under a checkpoint, anchored. Null when it is. */
async function keyDoubt(context: Context, key: KeyEvidence): Promise<Finding | null> {
  const findings = [logStep(key), checkpointStep(context, key), await anchorStep(context, key)];
  const failed = findings.find(({ outcome }) => outcome === 'fail');
  if (failed !== undefined) return fail('signing-key-unproven', ...failed.compared);
  // Without any chain the anchor step of the record itself says so; the signature is good as far as can be seen.
  return findings.find(({ outcome, code }) => outcome === 'skipped' && code !== 'no-chain') ?? null;
}

function hexOf(commitment: Uint8Array | null): string {
  return commitment === null ? '' : toHex(commitment);
}
