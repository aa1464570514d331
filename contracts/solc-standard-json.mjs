/**
 * Lets forge use npm's solc: answers `--version`, else compiles the standard JSON on standard input, which carries every
 * source's text. Forge then needs no compiler binary and no network.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const solc = createRequire(import.meta.url)('solc');

if (process.argv.includes('--version')) {
  // Forge reads the line that begins with "Version:", as the native compiler prints it.
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')));
}
