// npm run bench -- policy-dry-run: runs one measurement of bench/, on a PostgreSQL of its own. Without a name, lists them.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const known = readdirSync(join(ROOT, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3));
const [name = '', ...more] = process.argv.slice(2);
if (more.length > 0 || !known.includes(name)) {
  process.stderr.write(`Say which one: ${known.join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const args = ['--config', 'bench/jest.config.js', '--runInBand', '--testPathPatterns', `bench/${name}\\.ts$`];
  // As a server for so large a register is set up; with the 128 MB that PostgreSQL takes by itself it is the cache that is measured.
  // And on a disk, written through: what a commit costs is a part of every limit.
  const env = { SONAE_TEST_SHARED_BUFFERS: '2GB', SONAE_TEST_DURABLE: 'true', ...process.env };
  spawn(process.execPath, [jest, ...args], { cwd: ROOT, stdio: 'inherit', env }).once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
