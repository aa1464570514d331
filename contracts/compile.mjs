/**
 * Compiles ProcurementLedger with npm's solc (some ten seconds, no network) and writes artifact/: the artifact itself, the
 * standard JSON input it was compiled from, and the compiler's metadata, both for verifying a deployment.
 *
 *   node contracts/compile.mjs           write the artifact
 *   node contracts/compile.mjs --check   exit 1 when the committed artifact is not what the sources compile to
 *
 * The settings are fixed, and the bytecode carries no hash of the sources' text (`bytecodeHash: none`): the code hash that
 * the registry descriptor pins depends on what the contract does, not on a comment or on a line ending.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const folder = dirname(fileURLToPath(import.meta.url));
const ENTRY = 'contracts/ProcurementLedger.sol';
export const ARTIFACTS = join(folder, 'artifact');

/** @param {string} path a source name: `contracts/…` in this folder, or a package's file */
function readImport(path) {
  try {
    const file = path.startsWith('contracts/')
      ? join(folder, path.slice('contracts/'.length))
      : require.resolve(path);
    return { contents: readFileSync(file, 'utf8').replaceAll('\r\n', '\n') };
  } catch {
    return { error: `cannot find ${path}` };
  }
}

const SETTINGS = {
  optimizer: { enabled: true, runs: 200 },
  viaIR: true,
  evmVersion: 'cancun',
  metadata: { bytecodeHash: 'none' },
};
const OUTPUTS = [
  'abi',
  'metadata',
  'evm.bytecode.object',
  'evm.deployedBytecode.object',
  'evm.deployedBytecode.immutableReferences',
];

/** @param {unknown} input @param {object} [callbacks] */
function runSolc(input, callbacks) {
  const output = JSON.parse(require('solc').compile(JSON.stringify(input), callbacks));
  const problems = output.errors ?? [];
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.formattedMessage).join('\n'));
  return output;
}

/**
 * @returns {object} the standard JSON input, with the text of every source: what an explorer wants to verify a deployment,
 * and what the artifact is compiled from
 */
export function standardInput() {
  const sources = { [ENTRY]: { content: readImport(ENTRY).contents } };
  // Reads every import, generates nothing.
  const gather = { language: 'Solidity', sources, settings: { outputSelection: {} } };
  runSolc(gather, {
    import: (/** @type {string} */ name) => {
      const found = readImport(name);
      if (found.contents !== undefined) sources[name] = { content: found.contents };
      return found;
    },
  });
  const sorted = Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)));
  const outputSelection = { '*': { ProcurementLedger: OUTPUTS } };
  return { language: 'Solidity', sources: sorted, settings: { ...SETTINGS, outputSelection } };
}

/** @returns {object} solc's storageLayout of ProcurementLedger: the slots and types of what it keeps */
export function storageLayout() {
  const input = standardInput();
  const settings = { ...input.settings, outputSelection: { '*': { ProcurementLedger: ['storageLayout'] } } };
  return runSolc({ ...input, settings }).contracts[ENTRY].ProcurementLedger.storageLayout;
}

/** @param {object} input @returns {Record<string, unknown>} the artifact */
export function compileLedger(input) {
  const contract = runSolc(input).contracts[ENTRY].ProcurementLedger;
  return {
    contractName: 'ProcurementLedger',
    sourceName: ENTRY,
    compiler: { name: 'solc', version: require('solc').version(), settings: SETTINGS },
    abi: contract.abi,
    bytecode: `0x${contract.evm.bytecode.object}`,
    deployedBytecode: `0x${contract.evm.deployedBytecode.object}`,
    immutableReferences: contract.evm.deployedBytecode.immutableReferences ?? {},
    metadata: contract.metadata,
  };
}

/** @returns {Record<string, string>} the text of each file of artifact/, by its name */
export function artifactFiles() {
  const input = standardInput();
  const artifact = compileLedger(input);
  return {
    'ProcurementLedger.json': `${JSON.stringify(artifact, null, 2)}\n`,
    'standard-input.json': `${JSON.stringify(input, null, 2)}\n`,
    'metadata.json': `${artifact.metadata}\n`,
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = artifactFiles();
  if (process.argv.includes('--check')) {
    for (const [name, text] of Object.entries(files)) {
      if (readFileSync(join(ARTIFACTS, name), 'utf8') === text) continue;
      console.error(
        `contracts/artifact/${name} is not what the sources compile to: run node contracts/compile.mjs`,
      );
      process.exit(1);
    }
    console.log('The committed artifact is what the sources compile to.');
  } else {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(ARTIFACTS, name), text);
    const size = (JSON.parse(files['ProcurementLedger.json']).deployedBytecode.length - 2) / 2;
    console.log(`Wrote contracts/artifact (${size} bytes of runtime code)`);
  }
}
