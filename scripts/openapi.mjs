// Writes the description of the API, docs/openapi.json, from the built service, and checks it against the schema of
// OpenAPI 3.1. Needs no database.
//   node scripts/openapi.mjs           rewrites it
//   node scripts/openapi.mjs --check   changes nothing, and ends with 1 when it is out of date
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import { build, Failure, ROOT } from './prepare.mjs';

const FILE = 'docs/openapi.json';
const LARGEST_BYTES = 64 * 1024 * 1024;

try {
  await build();
  const { stdout: wanted } = await promisify(execFile)(process.execPath, ['dist/cli.js', 'openapi'], {
    cwd: ROOT,
    maxBuffer: LARGEST_BYTES,
  });
  const { valid, errors } = await new Validator().validate(JSON.parse(wanted));
  if (!valid) throw new Failure(`The description is not valid OpenAPI 3.1: ${JSON.stringify(errors, null, 2)}`);
  if (!process.argv.includes('--check')) writeFileSync(join(ROOT, FILE), wanted);
  else if (wanted !== readFileSync(join(ROOT, FILE), 'utf8'))
    throw new Failure(`${FILE} is out of date: run npm run openapi`);
} catch (error) {
  process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
