// npm test: installs and builds what is needed, then runs every step, also after one failed.
//   npm test                        all steps
//   npm test -- unit integration    these only
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, checkNode, Failure, install, ROOT } from './prepare.mjs';

const LONGEST_STEP_MS = 60 * 60_000;

const STEPS = {
  build: () => check(build),
  lint: () => command('node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'),
  format: () => command('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  typecheck: () => command('node_modules/typescript/bin/tsc', '--noEmit'),
  'typecheck-web': () => command('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'web'),
  ...(existsSync(join(ROOT, 'scripts/openapi.mjs')) && { openapi: () => command('scripts/openapi.mjs', '--check') }),
  licences: () => command('scripts/licences.mjs'),
  secrets: () => command('scripts/secrets.mjs'),
  unit: () => jest('unit'),
  integration: () => jest('integration'),
  e2e: () => jest('e2e'),
  browser: () => jest('browser'),
};
const ON_SOURCES = ['lint', 'format', 'typecheck', 'typecheck-web', 'licences', 'secrets', 'unit'];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(STEPS, name));
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(' ')}. The steps are: ${Object.keys(STEPS).join(' ')}.\n`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'sonae-reports-'));
const rows = [];
try {
  checkNode();
  await install();
  for (const name of chosen()) {
    process.stdout.write(`\n▶ ${name}\n`);
    const start = performance.now();
    const counts = await STEPS[name]();
    rows.push({ name, seconds: (performance.now() - start) / 1000, ...counts });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
  rows.push({ name: 'start', seconds: 0, passed: 0, failed: 1, skipped: 0 });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = summary();

/** The steps asked for in their order, and the build before any that needs it. */
function chosen() {
  if (names.length === 0) return Object.keys(STEPS);
  const needsBuild = names.some((name) => !ON_SOURCES.includes(name));
  return Object.keys(STEPS).filter((name) => names.includes(name) || (name === 'build' && needsBuild));
}

/** A step that is one test: it goes well or it does not. */
async function check(work) {
  try {
    await work();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function command(...words) {
  return check(async () => {
    const code = await node(words);
    if (code !== 0) throw new Failure(`${words[0]} ended with ${code}`);
  });
}

/** One project of Jest, counted by its report. A test file that does not load counts as one failed test. */
async function jest(project) {
  const report = join(folder, `${project}.json`);
  const output = ['--json', `--outputFile=${report}`];
  const code = await node(['node_modules/jest/bin/jest.js', '--ci', `--selectProjects=${project}`, ...output]);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** Runs Node with our own output. What hangs is ended: its code is then 'too long'. */
function node(words) {
  return new Promise((resolve) => {
    const env = { ...process.env, SONAE_TEST_TOGETHER: 'true' };
    const child = spawn(process.execPath, words, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve('too long');
    }, LONGEST_STEP_MS);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? signal);
    });
  });
}

/** Prints the table and the last line; the exit code. */
function summary() {
  const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
  const lines = rows.map(
    ({ name, passed, failed, seconds }) =>
      `${failed > 0 ? '✗' : '✓'} ${name.padEnd(14)}${String(passed).padStart(7)} passed${String(failed).padStart(5)} failed` +
      `${seconds.toFixed(1).padStart(8)} s`,
  );
  const skipped = total('skipped');
  process.stdout.write(
    `\n${lines.join('\n')}\n\n${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
  );
  return total('failed') > 0 || total('passed') === 0 ? 1 : 0;
}
