import { createHash } from 'node:crypto';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { parseEvidence } from '@/lib/evidence/format';
import { verifyEvidence } from '@/lib/evidence/verify';
import { FORGED, GOOD, type Variant } from './variants';
import { REGISTRY } from './world';

/** Evidence that every verifier can be held to without a chain, as it is published. */
export interface Corpus {
  readonly about: string;
  readonly registry: RegistryDescriptor;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly name: string;
  /** The evidence file, to the byte. */
  readonly evidence: string;
  /** The file that is asked about, base64; null for the record by itself. */
  readonly file: string | null;
  /** RFC 3339. */
  readonly now: string;
  readonly outcome: 'unchecked' | 'pending' | 'refuted';
  /** The steps that fail, with the reason of each. */
  readonly failing: readonly { readonly step: string; readonly code: string }[];
  /** The block whose hash is all that is left to ask for, where the evidence proves the contract's storage to it. */
  readonly block?: { readonly number: number; readonly hash: string };
}

const ABOUT =
  'Evidence, good and forged, with what a verifier answers that asks no chain (evidence.md). A good one is "unchecked" or "pending" at best then; a forged one is "refuted", by these steps. "block" is the one to which the storage of the contract is proven, for its hash to be compared.';

async function sample({ name, text, file, now }: Variant): Promise<Sample | null> {
  const parsed = parseEvidence(text);
  const facts = file && { sha256: createHash('sha256').update(file).digest('hex'), size: file.length };
  const { verdict, steps } = await verifyEvidence({
    evidence: parsed.ok ? parsed.evidence : undefined,
    registry: REGISTRY,
    chain: null,
    now,
    ...(facts && { file: facts }),
  });
  const left = steps.find(({ code }) => code === 'state-block-to-compare')?.compared;
  const block = left && { number: Number(left[0]?.found), hash: left[1]?.found ?? '' };
  if (verdict.outcome === 'proven') throw new Error(`${name} is proven without a chain`);
  return {
    name,
    evidence: text,
    file: file && Buffer.from(file).toString('base64'),
    now: new Date(now).toISOString(),
    outcome: verdict.outcome,
    ...(block && { block }),
    failing: steps.flatMap(({ id, outcome, code }) => (outcome === 'fail' ? [{ step: id, code }] : [])),
  };
}

/** The good ones, and of the forged ones those that give themselves away without a chain. Texts of 64 KiB at most. */
export async function corpus(): Promise<Corpus> {
  const samples: Sample[] = [];
  for (const variant of [...GOOD, ...FORGED]) {
    const found = variant.text.length <= 65_536 ? await sample(variant) : null;
    if (found && (GOOD.includes(variant) || found.outcome === 'refuted')) samples.push(found);
  }
  return { about: ABOUT, registry: REGISTRY, samples };
}
