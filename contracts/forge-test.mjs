/**
 * Runs the Solidity tests with npm's forge and npm's solc, offline.
 *
 *   node contracts/forge-test.mjs [forge test arguments]
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));

/** The forge binary of this platform: npm installs exactly one of forge's optional packages. */
function forgeBinary() {
  const require = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/forge/package.json'));
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = process.platform === 'win32' ? 'forge.exe' : 'forge';
  const manifest = require.resolve(`@foundry-rs/forge-${process.platform}-${arch}/package.json`);
  return join(dirname(manifest), 'bin', name);
}

/** Forge wants one executable file as its compiler, so it gets a script that starts ours with this very Node. */
function writeSolcScript(directory) {
  const wrapper = join(folder, 'solc-standard-json.mjs');
  if (process.platform === 'win32') {
    const path = join(directory, 'solc.cmd');
    writeFileSync(path, `@"${process.execPath}" "${wrapper}" %*\r\n`);
    return path;
  }
  const path = join(directory, 'solc');
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${wrapper}" "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

// By an absolute path: solc loses relative imports below a path that begins with `..`.
const openzeppelin = dirname(createRequire(import.meta.url).resolve('@openzeppelin/contracts/package.json'));
const remapping = `@openzeppelin/contracts/=${openzeppelin}/`;

const directory = mkdtempSync(join(tmpdir(), 'tenderproof-solc-'));
const forge = spawn(
  forgeBinary(),
  [
    'test',
    '--root',
    folder,
    '--use',
    writeSolcScript(directory),
    '--remappings',
    remapping,
    ...process.argv.slice(2),
  ],
  // In our folder: forge keeps what failed before, to try it first, in a folder of the working directory.
  { stdio: 'inherit', cwd: folder, env: { ...process.env, FOUNDRY_DISABLE_NIGHTLY_WARNING: '1' } },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => forge.kill(signal));
forge.on('error', (error) => {
  console.error(`forge could not be started: ${error.message}`);
});
forge.on('close', (code) => {
  rmSync(directory, { recursive: true, force: true });
  process.exit(code ?? 1);
});
