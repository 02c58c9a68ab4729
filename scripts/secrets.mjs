// Looks for keys, tokens and passwords in what is committed, or in the files that are named.
//   node scripts/secrets.mjs [file ...]
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { createEngine } from '@secretlint/node';
import { ROOT } from './prepare.mjs';

const LARGEST_BYTES = 5 * 1024 * 1024;
/** An address with nothing but names in angle brackets, as a real runbook of cloud.gov has it: the reader fills it in. */
const PLACEHOLDERS_ONLY = 'postgres://<username>:<password>@<host>:<port>/<name>';
const MADE_HERE = new Set(['node_modules', 'dist', '.sonae', 'coverage', 'test-results']);

const named = process.argv.slice(2).map((file) => resolve(file));
const files = named.length > 0 ? named : tracked();
const engine = await createEngine({
  cwd: ROOT,
  color: false,
  // What was found is not printed: a log is read by more people than the repository.
  maskSecrets: true,
  formatter: 'compact',
  configFileJSON: {
    rules: [
      {
        id: '@secretlint/secretlint-rule-preset-recommend',
        rules: [
          {
            id: '@secretlint/secretlint-rule-database-connection-string',
            options: { allows: [PLACEHOLDERS_ONLY] },
          },
        ],
      },
    ],
  },
});
const { ok, output } = await engine.executeOnFiles({ filePathList: files });
if (ok) process.stdout.write(`No secrets in ${files.length} files.\n`);
else process.stderr.write(`${output}\n`);
process.exitCode = ok ? 0 : 1;

/** What is committed; all that was not made here when this is no checkout, as in an unpacked archive. */
function tracked() {
  const names = existsSync(join(ROOT, '.git'))
    ? execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, maxBuffer: LARGEST_BYTES }).toString().split('\0')
    : readdirSync(ROOT, { recursive: true }).filter((name) => !name.split(sep).some((part) => MADE_HERE.has(part)));
  return names
    .filter((name) => name && name !== 'package-lock.json')
    .map((name) => join(ROOT, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
