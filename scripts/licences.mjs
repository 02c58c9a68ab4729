// Checks that every package of the lock file has a licence we may use: what runs in an office's service more strictly than what only
// builds and tests it.
//   node scripts/licences.mjs [lock file]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const IN_THE_PRODUCT = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0'],
  ...['PostgreSQL', 'Python-2.0', 'Unlicense'],
]);
/** Reciprocal for the file, or for data and works: fine for tools, which we do not pass on. */
const FOR_TOOLS = new Set([...IN_THE_PRODUCT, 'Artistic-2.0', 'CC-BY-4.0', 'MPL-2.0', 'WTFPL']);

const { packages } = JSON.parse(readFileSync(process.argv[2] ?? join(ROOT, 'package-lock.json'), 'utf8'));
const foreign = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
const refused = foreign.filter(([, { license, dev, devOptional }]) => {
  const allowed = dev || devOptional ? FOR_TOOLS : IN_THE_PRODUCT;
  return !isAllowed(license, allowed);
});

if (foreign.length === 0) refused.push(['the lock file', { license: 'no package at all' }]);
for (const [path, { license }] of refused)
  process.stderr.write(`${path.replace(/^.*node_modules\//, '')}: ${license ?? 'no licence stated'}\n`);
if (refused.length > 0) process.stderr.write('These licences are not in the list of scripts/licences.mjs.\n');
else process.stdout.write(`Licences of ${foreign.length} packages are fine.\n`);
process.exitCode = refused.length > 0 ? 1 : 0;

/** One level of SPDX is what packages use: `A`, `A AND B`, `(A OR B)`. */
function isAllowed(license, allowed) {
  if (typeof license !== 'string') return false;
  const names = license.replace(/^\(|\)$/g, '');
  if (/ or /i.test(names) && !/ and /i.test(names)) return names.split(/ or /i).some((name) => allowed.has(name));
  return names.split(/ and /i).every((name) => allowed.has(name));
}
