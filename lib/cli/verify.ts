import type { ChainReport } from '@/lib/browser/verify/agreeing-reader';
import { askNodes } from '@/lib/browser/verify/ask-nodes';
import { worstOf } from '@/lib/browser/verify/evidence-words';
import { verifyEvidence, type VerdictOutcome, type Verification } from '@/lib/evidence/verify';
import { readDescriptor, readDocument, readEvidence } from './verify-files';
import { CannotVerify, readVerifyArguments, type VerifyArguments } from './verify-options';
import { verifyWords } from './verify-words';

// `npm run verify`: the eleven steps of /verify, without a browser and without the registry. It needs no database.

interface Checked {
  /** As given on the command line; null for the evidence by itself. */
  file: string | null;
  sha256: string | null;
  /** What each node said; null where none was named. */
  nodes: ChainReport | null;
  verification: Verification;
}

/** Every file against the evidence, by all nodes at once: they must agree. */
async function checkAll(args: VerifyArguments): Promise<Checked[]> {
  const registry = readDescriptor(args.pin);
  const evidence = readEvidence(args.evidence);
  const checked: Checked[] = [];
  for (const name of args.files.length > 0 ? args.files : [null]) {
    const file = name === null ? null : await readDocument(name);
    const chain = askNodes(args.rpcs, registry);
    const question = { evidence, registry, chain, now: Date.now(), ...(file ? { file } : {}) };
    const verification = await verifyEvidence(question);
    checked.push({ file: name, sha256: file?.sha256 ?? null, nodes: chain?.report() ?? null, verification });
  }
  return checked;
}

const EXIT: Record<VerdictOutcome, number> = { proven: 0, refuted: 1, unchecked: 2, pending: 2 };

const worst = (checked: readonly Checked[]): VerdictOutcome =>
  worstOf(checked)?.verification.verdict.outcome ?? 'unchecked';

function print(checked: readonly Checked[], { lang }: VerifyArguments): void {
  const words = verifyWords(lang);
  for (const { file, nodes, verification } of checked) {
    const names = nodes?.nodes.map(({ name }) => name) ?? [];
    const about = [...(file === null ? [] : [file]), ...names];
    if (about.length > 0) console.log(`\n${about.join(' · ')}`);
    for (const line of words.lines(verification, file !== null)) console.log(line);
    for (const line of nodes === null ? [] : words.nodeLines(nodes)) console.log(line);
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
