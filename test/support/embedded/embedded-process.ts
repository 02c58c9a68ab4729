import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';
import type { EmbeddedConnection } from '../../../src/platform/database/embedded/embedded-postgres';

const REPOSITORY = join(__dirname, '..', '..', '..');
const EMBEDDED = 'src/platform/database/embedded';

/** The embedded PostgreSQL compiled for plain Node, outside the repository: a test decides which packages it finds. */
export interface CompiledEmbedded {
  folder: string;
  remove(): void;
}

/** Compiles it with the packages given: name to folder. Everybody may read the result. */
export function compileEmbedded(packages: Record<string, string>): CompiledEmbedded {
  const folder = mkdtempSync(join(tmpdir(), 'sonae-compiled-'));
  chmodSync(folder, 0o755);
  const sources = readdirSync(join(REPOSITORY, EMBEDDED)).map((name) => `${EMBEDDED}/${name}`);
  for (const source of [...sources, 'test/support/embedded/embedded-child.ts']) {
    if (!source.endsWith('.ts') || source.endsWith('.spec.ts')) continue;
    const { code } = transformFileSync(join(REPOSITORY, source), {
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    write(join(folder, source.replace(/\.ts$/, '.js')), code);
  }
  for (const [name, target] of Object.entries(packages)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Folder of an installed package. */
export function packageFolder(name: string): string {
  return join(REPOSITORY, 'node_modules', name);
}

export interface ChildFacts {
  connection: EmbeddedConnection;
  pid: number;
  adopted: boolean;
}

/** A process that holds a PostgreSQL or the lock of a data directory. */
export interface EmbeddedProcess {
  process: ChildProcess;
  facts: ChildFacts;
  /** Ends it, by default the friendly way, and waits for that; the answer is its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts such a process and waits until it is ready.
 *
 * @throws Error whose message is all that the process wrote to stderr, when it ends instead.
 */
export async function startProcess(
  compiled: CompiledEmbedded,
  what: 'postgres' | 'lock',
  dataDir: string,
  { env, ...identity }: { env?: NodeJS.ProcessEnv; uid?: number; gid?: number } = {},
): Promise<EmbeddedProcess> {
  const child = spawn(
    process.execPath,
    [join(compiled.folder, 'test/support/embedded/embedded-child.js'), what, dataDir],
    {
      cwd: '/',
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...identity,
    },
  );
  let said = '';
  let wrong = '';
  child.stderr.on('data', (chunk: Buffer) => (wrong += chunk.toString()));
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve();
    });
    child.once('close', () => reject(new Error(wrong)));
  });
  await ready;
  return {
    process: child,
    facts: JSON.parse(said) as ChildFacts,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
