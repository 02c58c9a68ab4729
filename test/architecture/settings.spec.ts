import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/platform/config/config';
import { read, ROOT } from './source-tree';

const SCRIPT = 'scripts/settings.mjs';
const SOURCE = 'src/platform/config/config.ts';

/** Runs the script in a tree and answers what it complains of. */
function complaintOf(root: string): string {
  const { status, stderr } = spawnSync(process.execPath, [join(root, SCRIPT), '--check'], { encoding: 'utf8' });
  return `${status} ${stderr.trim()}`;
}

describe('the written settings', () => {
  it('are those of the Config class', () => {
    expect(complaintOf(ROOT)).toBe('0 ');
  });

  it('are found out of date when a default changes', () => {
    const copy = mkdtempSync(join(tmpdir(), 'sonae-settings-'));
    try {
      for (const path of [SCRIPT, SOURCE, 'scripts/prepare.mjs', 'docs/operations.md', '.env.example'])
        cpSync(join(ROOT, path), join(copy, path));
      for (const path of ['docker-compose.yml', '.prettierrc.json', 'package.json'])
        cpSync(join(ROOT, path), join(copy, path));
      symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
      expect(complaintOf(copy)).toBe('0 ');
      const changed = readFileSync(join(copy, SOURCE), 'utf8').replace('PORT = 3000', 'PORT = 3001');
      writeFileSync(join(copy, SOURCE), changed);
      expect(complaintOf(copy)).toBe('1 docs/operations.md is out of date: run node scripts/settings.mjs');
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  const names = [...read('docs/operations.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name as string);

  it.each(names)('name %s, which is read, and from a file too', (name) => {
    const reading = (): unknown => readConfig({ [`${name}_FILE`]: '/nowhere/at/all' });
    expect(reading).toThrow(ConfigError);
    expect(reading).toThrow(`${name}_FILE: ENOENT`);
  });
});
