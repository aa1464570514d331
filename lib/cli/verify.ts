import { chainReader } from '@/lib/browser/verify/chain-reader';
import { worstOf } from '@/lib/browser/verify/evidence-words';
import type { FileFacts } from '@/lib/evidence/context';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import type { Evidence } from '@/lib/evidence/format';
import { verifyEvidence, type VerdictOutcome, type Verification } from '@/lib/evidence/verify';
import { readDescriptor, readDocument, readEvidence } from './verify-files';
import { CannotVerify, readVerifyArguments, type VerifyArguments } from './verify-options';
import { verifyWords } from './verify-words';

// `npm run verify`: the ten steps of /verify, without a browser and without the registry. It needs no database.

interface Checked {
  /** As given on the command line; null for the evidence by itself. */
  file: string | null;
  sha256: string | null;
  /** The node that was asked; null where none was. */
  node: string | null;
  verification: Verification;
}

interface Question {
  evidence: Evidence;
  registry: RegistryDescriptor;
  file: FileFacts | null;
  node: string | null;
}

function verify({ evidence, registry, file, node }: Question): Promise<Verification> {
  const chain = node === null ? null : chainReader(node, registry.contract);
  return verifyEvidence({ evidence, registry, chain, now: Date.now(), ...(file ? { file } : {}) });
}

/** Every file against the evidence, by every node: each forms its own view of the chain. */
async function checkAll(args: VerifyArguments): Promise<Checked[]> {
  const registry = readDescriptor(args.pin);
  const evidence = readEvidence(args.evidence);
  const nodes = args.rpcs.length > 0 ? args.rpcs : [null];
  const checked: Checked[] = [];
  for (const name of args.files.length > 0 ? args.files : [null]) {
    const file = name === null ? null : await readDocument(name);
    for (const node of nodes) {
      const verification = await verify({ evidence, registry, file, node });
      checked.push({ file: name, sha256: file?.sha256 ?? null, node, verification });
    }
  }
  return checked;
}

const EXIT: Record<VerdictOutcome, number> = { proven: 0, refuted: 1, unchecked: 2, pending: 2 };

const worst = (checked: readonly Checked[]): VerdictOutcome =>
  worstOf(checked)?.verification.verdict.outcome ?? 'unchecked';

function print(checked: readonly Checked[], { lang }: VerifyArguments): void {
  const words = verifyWords(lang);
  for (const { file, node, verification } of checked) {
    const about = [file, node].filter((part) => part !== null);
    if (about.length > 0) console.log(`\n${about.join(' · ')}`);
    for (const line of words.lines(verification, file !== null)) console.log(line);
  }
}

async function main(argv: string[]): Promise<number> {
  try {
    const args = readVerifyArguments(argv);
    const checked = await checkAll(args);
    const outcome = worst(checked);
    if (args.json) console.log(JSON.stringify({ outcome, checked }, null, 2));
    else print(checked, args);
    return EXIT[outcome];
  } catch (error) {
    console.error(error instanceof CannotVerify ? error.message : error);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
