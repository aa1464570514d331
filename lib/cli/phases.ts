import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stopChild } from '@/lib/server/embedded/processes';
import { startProgram } from './supervise';

// The phases of `npm run check` and `npm test`: each is a Node program; what it prints is shown when it fails.

export interface Outcome {
  passed: number;
  failed: number;
  /** Left out, because this machine lacks something; told, so that nobody takes it for passed. */
  skipped: number;
}

/** The sum of two. */
export const plus = (a: Outcome, b: Outcome): Outcome => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

export const NOTHING: Outcome = { passed: 0, failed: 0, skipped: 0 };

/** As the line of a phase and the last line of all have it. */
export const inWords = ({ passed, failed, skipped }: Outcome): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

export interface Phase {
  name: string;
  /** Programs run one after another until one fails; `{report}` becomes the path of a JSON report. */
  programs: string[][];
  typescript?: boolean;
  /** Reads the report, or the output where the tool reports there; absent: the phase itself counts as one. */
  count?: (report: string, output: string) => Outcome;
  /** Shows the output as it comes. */
  stream?: boolean;
  env?: Record<string, string>;
}

const bin = (...parts: string[]) => path.join('node_modules', ...parts);

/** Keeps a tool's findings by the content of each file, so that a second run is fast. */
const cached = (tool: string): string[] => [
  '--cache',
  '--cache-strategy=content',
  `--cache-location=${bin('.cache', tool, 'cache.json')}`,
];

/** What needs no database, no chain and no browser. */
export const staticPhases: Phase[] = [
  {
    name: 'lint',
    // No rule looks beyond its file: what was found clean stays so until the file, or a rule, changes.
    programs: [[bin('eslint', 'bin', 'eslint.js'), '.', ...cached('eslint')]],
  },
  {
    name: 'types',
    // The first writes next-env.d.ts and the types of the routes, which a fresh checkout lacks.
    programs: [
      [bin('next', 'dist', 'bin', 'next'), 'typegen'],
      [bin('typescript', 'bin', 'tsc'), '--noEmit'],
    ],
  },
  {
    name: 'formatting',
    programs: [
      [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.', ...cached('prettier')],
    ],
  },
  {
    name: 'module boundaries',
    programs: [
      [
        bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
        ...['app', 'components', 'lib', 'tests', '--config', '.dependency-cruiser.cjs'],
      ],
    ],
  },
  { name: 'migrations', typescript: true, programs: [[path.join('lib', 'cli', 'check-migrations.ts')]] },
];

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  /** Skipped, and left out by a pattern. */
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

export function countVitest(report: string): Outcome {
  const counts = JSON.parse(report) as VitestReport;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = counts;
  // A file that fails before its first test has no test to count.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}

export function countForge(_report: string, output: string): Outcome {
  const line = output.split('\n').find((text) => text.startsWith('{')) ?? '{}';
  const suites = JSON.parse(line) as Record<string, { test_results: Record<string, { status: string }> }>;
  const statuses = Object.values(suites).flatMap((suite) => Object.values(suite.test_results));
  const count = (wanted: string) => statuses.filter(({ status }) => status === wanted).length;
  return { passed: count('Success'), failed: count('Failure'), skipped: count('Skipped') };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

export function countPlaywright(report: string): Outcome {
  const { expected, unexpected, flaky, skipped } = (JSON.parse(report) as PlaywrightReport).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

function vitest(project: string, without: readonly string[] = []): Phase {
  const options = ['run', '--project', project, '--passWithNoTests', '--reporter=dot', '--reporter=json'];
  const excluded = without.map((file) => `--exclude=tests/${project}/${file}.test.ts`);
  const program = [bin('vitest', 'vitest.mjs'), ...options, ...excluded, '--outputFile.json={report}'];
  return { name: project, programs: [program], count: countVitest };
}

export const unitPhase = vitest('unit');
/** Two thirds of the time for an eighth of the files: large trees, every byte of an envelope, real builds. */
const SLOW_UNITS = [
  ...[
    'merkle/stage-tree',
    'merkle/tree',
    'merkle/log',
    'audit/log',
    'audit/lies',
    'bench/figure',
    'cli/sealer',
    'cli/verifier',
    'evidence/corpus',
    'evidence/independent',
    'tour/tour',
    'witness/witness',
  ],
  ...['envelope', 'independent', 'vectors', 'streaming', 'primitives', 'size-bombs', 'cheating'].map(
    (name) => `sealing/${name}`,
  ),
];
/** The unit tests without the slow ones, for `npm run check`; `npm test` runs all. */
export const fastUnitPhase: Phase = { ...vitest('unit', SLOW_UNITS), name: 'unit, the fast ones' };
export const integrationPhase = vitest('integration');
/** What kills, full disks and crowds leave of the promises: a few of the places in the short form, all in the long one. */
export const faultPhase = (form: 'short' | 'long'): Phase => ({
  ...vitest('faults'),
  env: { FAULTS: form },
  stream: form === 'long',
});
export const contractPhase: Phase = {
  name: 'contract',
  programs: [[path.join('contracts', 'forge-test.mjs'), '--json']],
  count: countForge,
};

/** Modules of the browser, run in the named Chromium without the application. */
export function inBrowserPhase(executable: string, env: Record<string, string>): Phase {
  return { ...vitest('browser'), env: { ...env, CHROMIUM_PATH: executable } };
}

/** The whole application, used through the named Chromium. */
export function endToEndPhase(executable: string, env: Record<string, string>): Phase {
  return {
    name: 'end-to-end',
    programs: [
      [bin('@playwright', 'test', 'cli.js'), 'test', '--pass-with-no-tests', '--reporter=list,json'],
    ],
    env: { ...env, CHROMIUM_PATH: executable, PLAYWRIGHT_JSON_OUTPUT_FILE: '{report}' },
    count: countPlaywright,
    stream: true,
  };
}

const active = new Set<() => Promise<void>>();

/** Stops what runs, when we are asked to stop. */
export async function stopPhases(): Promise<void> {
  await Promise.all([...active].map((stop) => stop()));
}

async function runOne(phase: Phase, args: string[], report: string, logFile: string): Promise<number> {
  const place = (text: string) => text.replace('{report}', report);
  const env = Object.entries(phase.env ?? {}).map(([name, value]) => [name, place(value)]);
  const log = fs.openSync(logFile, 'a');
  const child = startProgram({
    name: phase.name,
    args: args.map(place),
    typescript: phase.typescript ?? false,
    env: { NODE_ENV: undefined, FORCE_COLOR: '0', NO_COLOR: '1', ...Object.fromEntries(env) },
    output: phase.stream ? 'inherit' : log,
  });
  fs.closeSync(log);
  const stop = () => stopChild(child, 'SIGTERM', 30_000);
  active.add(stop);
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (exit) => resolve(exit ?? 1));
  });
  active.delete(stop);
  return code;
}

function countOf(phase: Phase, code: number, report: string, output: string): Outcome {
  if (!phase.count) return code === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
  try {
    const counted = phase.count(report, output);
    // A tool that failed without a failed test (it could not start, or ran out of memory) is a failure too.
    return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } catch {
    return { ...NOTHING, failed: 1 };
  }
}

/** Runs one phase to its end and prints one line about it, and all its output when it failed. */
export async function runPhase(phase: Phase): Promise<Outcome> {
  const began = Date.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tenderproof-phase-'));
  const report = path.join(folder, 'report.json');
  const logFile = path.join(folder, 'output.txt');
  fs.writeFileSync(logFile, '');
  let code = 0;
  for (const args of phase.programs) {
    code = await runOne(phase, args, report, logFile);
    if (code !== 0) break;
  }
  const output = fs.readFileSync(logFile, 'utf8');
  const reported = fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : '';
  const outcome = countOf(phase, code, reported, output);
  fs.rmSync(folder, { recursive: true, force: true });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const counts = phase.count ? `: ${inWords(outcome)}` : '';
  console.log(`${outcome.failed === 0 ? '✓' : '✗'} ${phase.name}${counts} (${seconds} s)`);
  if (outcome.failed > 0) console.log(output.trimEnd());
  return outcome;
}

/** Runs phases, at most `together` at a time, each to its end whatever the others do. */
export async function runPhases(phases: Phase[], together: number): Promise<Outcome> {
  const waiting = [...phases];
  let total = NOTHING;
  const lane = async () => {
    for (let phase = waiting.shift(); phase; phase = waiting.shift()) {
      const outcome = await runPhase(phase);
      total = plus(total, outcome);
    }
  };
  await Promise.all(Array.from({ length: together }, lane));
  return total;
}
