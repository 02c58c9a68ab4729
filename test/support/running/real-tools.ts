import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isHere = (program: string): boolean => {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Which of the programs this machine lacks. */
export const missingOf = (...programs: string[]): string[] => programs.filter((each) => !isHere(each));

/** A machine that backs up a folder of its own: shell lines run in it, with the settings of its tool. */
export class BackupHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'sonae-tool-'));
  readonly data = join(this.folder, 'data');
  readonly repository = join(this.folder, 'repository');

  constructor(private readonly settings: (repository: string) => Record<string, string>) {
    mkdirSync(this.data);
    this.fill('first');
  }

  /** Writes files that the next backup finds new. */
  fill(name: string): void {
    for (let number = 0; number < 20; number += 1)
      writeFileSync(join(this.data, `${name}-${number}.txt`), `${name} ${number}\n`.repeat(2_000));
  }

  /** Runs one line and returns its exit code, whatever it is. */
  run(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
    const env = { PATH: process.env['PATH'], HOME: this.folder, LANG: 'C.UTF-8', ...this.settings(this.repository) };
    return new Promise((resolve) => {
      execFile('/bin/sh', ['-c', line], { env, cwd: this.folder }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
      );
    });
  }

  /** Overwrites the middle of the largest pack of the repository. */
  damage(): void {
    const packs = readdirSync(join(this.repository, 'data'), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
      .sort((a, b) => statSync(b).size - statSync(a).size);
    const pack = packs[0] ?? '';
    chmodSync(pack, 0o600);
    const bytes = readFileSync(pack);
    bytes.fill(0, bytes.length >> 2, bytes.length >> 1);
    writeFileSync(pack, bytes);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
