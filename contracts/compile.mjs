/**
 * Compiles ProcurementLedger with npm's solc (about a second, no network) and writes artifact/ProcurementLedger.json.
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
export const ARTIFACT_PATH = join(folder, 'artifact', 'ProcurementLedger.json');

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

/** @returns {Record<string, unknown>} the artifact, from the sources as they are now */
export function compileLedger() {
  const solc = require('solc');
  const input = {
    language: 'Solidity',
    sources: { [ENTRY]: { content: readImport(ENTRY).contents } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      evmVersion: 'cancun',
      metadata: { bytecodeHash: 'none' },
      outputSelection: {
        '*': {
          ProcurementLedger: [
            'abi',
            'metadata',
            'evm.bytecode.object',
            'evm.deployedBytecode.object',
            'evm.deployedBytecode.immutableReferences',
          ],
        },
      },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: readImport }));
  const problems = output.errors ?? [];
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.formattedMessage).join('\n'));
  const contract = output.contracts[ENTRY].ProcurementLedger;
  return {
    contractName: 'ProcurementLedger',
    sourceName: ENTRY,
    compiler: {
      name: 'solc',
      version: solc.version(),
      settings: { ...input.settings, outputSelection: undefined },
    },
    abi: contract.abi,
    bytecode: `0x${contract.evm.bytecode.object}`,
    deployedBytecode: `0x${contract.evm.deployedBytecode.object}`,
    immutableReferences: contract.evm.deployedBytecode.immutableReferences ?? {},
    metadata: contract.metadata,
  };
}

/** @returns {string} the artifact file's text */
export function artifactText() {
  return `${JSON.stringify(compileLedger(), null, 2)}\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = artifactText();
  if (process.argv.includes('--check')) {
    if (readFileSync(ARTIFACT_PATH, 'utf8') !== text) {
      console.error('contracts/artifact is not what the sources compile to: run node contracts/compile.mjs');
      process.exit(1);
    }
    console.log('The committed artifact is what the sources compile to.');
  } else {
    writeFileSync(ARTIFACT_PATH, text);
    const size = (JSON.parse(text).deployedBytecode.length - 2) / 2;
    console.log(`Wrote contracts/artifact/ProcurementLedger.json (${size} bytes of runtime code)`);
  }
}
