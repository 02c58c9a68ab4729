import { refusalOf } from '../../../../test/support/inlet-outputs';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEUTRAL } from '../tools/signals/neutral';
import { TOOLS } from '../tools/tools';
import { SourceClock } from '../payload/tool-times';
import { reported } from '../tools/shell';
import { type InletDeclarations, readEnvelope } from './read-envelope';
import { SubmissionRefused } from './refused';

const INLET: InletDeclarations = {
  tool: null,
  sourceTimeZone: null,
  exitCode: null,
  signal: null,
  rid: null,
  mapping: null,
  receivedAt: new Date('2026-11-23T03:00:00Z'),
};
const JSON_TYPE = 'application/json; charset=utf-8';
const posted = (body: unknown, inlet: Partial<InletDeclarations> = {}, type: string | null = JSON_TYPE) =>
  readEnvelope(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), type, { ...INLET, ...inlet });

describe('an envelope', () => {
  it('frames an output', () => {
    const stdoutBase64 = Buffer.from([0xff, 0xfe, 0x41, 0x00]).toString('base64');
    const fields = { tool: 'restic', command: 'restic backup', exitCode: 3, sourceTimeZone: 'Asia/Tokyo', rid: 'r' };
    const times = { startedAt: '2026-11-23T10:00:00+09:00', finishedAt: '2026-11-23T01:10:00Z' };
    expect(posted({ ...fields, ...times, stdoutBase64, stderr: 'エラー' })).toEqual({
      ...INLET,
      ...fields,
      startedAt: new Date('2026-11-23T01:00:00Z'),
      finishedAt: new Date('2026-11-23T01:10:00Z'),
      stdout: Buffer.from([0xff, 0xfe, 0x41, 0x00]),
      stderr: Buffer.from('エラー'),
      mediaType: JSON_TYPE,
    });
  });

  it('leaves to the inlet what it does not say, and is believed where it does', () => {
    const inlet = { tool: 'borg', sourceTimeZone: 'UTC', exitCode: 2, rid: 'path' };
    expect(posted({ stdout: 'x' }, inlet)).toMatchObject(inlet);
    expect(posted({ tool: 'restic', exitCode: 0, stdout: 'x' }, inlet)).toMatchObject({ tool: 'restic', exitCode: 0 });
  });

  it.each([
    ['exitCode', { exitCode: '0' }],
    ['exitCode', { exitCode: 0.5 }],
    ['startedAt', { startedAt: '2026-11-23T10:00:00' }],
    ['finishedAt', { finishedAt: 7 }],
    ['sourceTimeZone', { sourceTimeZone: 'JST' }],
    ['tool', { tool: ['restic'] }],
    ['command', { command: 'x'.repeat(10_001) }],
    ['stdout', { stdout: { a: 1 } }],
    ['stdout', { stdout: 'a', stdoutBase64: 'YQ==' }],
    ['stderrBase64', { stderrBase64: '%%%' }],
  ])('with a wrong %s is refused', (field, body) => {
    expect(() => posted(body)).toThrow(
      expect.objectContaining({ code: 'INVALID_FIELDS', why: { reason: 'ENVELOPE_FIELD', params: { field } } }),
    );
    expect(() => posted(body)).toThrow(SubmissionRefused);
  });
});

describe('a body that is no envelope', () => {
  it.each([
    ['JSON of a tool', { message_type: 'summary' }, JSON_TYPE],
    ['a list', [], JSON_TYPE],
    ['JSON that was cut', '{"tool":"restic","stdout":"', JSON_TYPE],
    ['an envelope that is declared to be text', { tool: 'restic' }, 'text/plain'],
    ['text', 'no errors were found', null],
  ])('is the raw output: %s', (_, body, type) => {
    const raw = typeof body === 'string' ? body : JSON.stringify(body);
    expect(posted(body, { tool: 'borg' }, type)).toMatchObject({
      tool: 'borg',
      stdout: Buffer.from(raw),
      signal: null,
    });
  });

  it('is a ping when there is none', () => {
    expect(posted('').signal).toBe('SUCCESS');
    expect(posted('', { exitCode: 1 }).signal).toBe('FAIL');
    expect(posted('', { signal: 'START' }).signal).toBe('START');
  });

  it('is none of a declared tool that said nothing: its command may have failed', () => {
    expect(posted('', { tool: 'restic' }).signal).toBeNull();
    expect(posted('', { tool: 'restic', exitCode: 0 }).signal).toBe('SUCCESS');
    expect(posted('', { tool: 'Healthchecks' }).signal).toBe('SUCCESS');
    for (const { tool } of TOOLS.filter((one) => one.tool !== 'ping'))
      expect(refusalOf('', { tool, exitCode: null, startedAt: null, finishedAt: null }).code).toBe('NOT_PARSEABLE');
  });

  it('tells exit codes of Windows as signed numbers', () => {
    expect(posted({ exitCode: 3_221_225_786, stdout: '' }).exitCode).toBe(-1_073_741_510);
    expect(posted({ exitCode: 4_294_967_295, stdout: '' }).exitCode).toBe(-1);
  });
});

const OTHER_PROGRAMS = ['cat', 'kubectl', 'bconsole', 'aws', 'az', 'backup-report'];
/** Keeps what is posted, and where to. */
const kept = (folder: string): string =>
  `for last; do :; done; /bin/cat > ${folder}/body; printf %s "$last" > ${folder}/url`;

describe('the line that the page shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sonae-shell-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const program = (name: string, script: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const URL = "https://sonae.example/api/v1/inlet/it's-secret";

  it.each(TOOLS.map((adapter) => [adapter.name, adapter] as const))(
    'for %s is one line of a shell',
    (_, { commandFor }) => {
      const line = commandFor(URL);
      expect(line).not.toContain('\n');
      expect(spawnSync('sh', ['-n', '-c', line], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    },
  );

  it.each(
    TOOLS.filter(({ commandFor }) => commandFor(URL).includes('stdoutBase64')).map(
      (adapter) => [adapter.tool, adapter] as const,
    ),
  )('for %s posts an envelope, and ends as the command did', (tool, adapter) => {
    const failing = 'printf "out \\"1\\"\\n"; echo err >&2; exit 3';
    for (const name of [...(adapter.programs ?? []), ...OTHER_PROGRAMS]) program(name, failing);
    program('timedatectl', 'echo Asia/Tokyo');
    // Some tools are asked over HTTP themselves.
    program('curl', `case "$*" in *--data-binary*) ;; *) ${failing};; esac; ${kept(folder)}`);
    const { status } = spawnSync('sh', ['-c', adapter.commandFor(URL)], {
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect(status).toBe(3);
    expect(readFileSync(join(folder, 'url'), 'utf8')).toBe(URL);
    const read = readEnvelope(readFileSync(join(folder, 'body')), 'application/json', INLET);
    expect(read).toMatchObject({ tool, exitCode: 3, stderr: Buffer.from('err\n'), stdout: Buffer.from('out "1"\n') });
    expect(adapter.commandFor(URL)).toContain(read.command?.replaceAll('"', '\\"').replaceAll("'", `'\\''`));
    expect([read.startedAt, read.finishedAt, read.rid]).not.toContain(null);
  });

  it.each([
    [0, 'PASSED'],
    [3, 'FAILED'],
  ])('for curl tells of any command that ended with %s that it %s, and ends so itself', (exit, outcome) => {
    program('backup-command', `exit ${exit}`);
    program('curl', kept(folder));
    const line = NEUTRAL.commandFor(URL);
    expect(spawnSync('sh', ['-c', line], { env: { PATH: `${folder}:/usr/bin:/bin` } }).status).toBe(exit);
    expect(readFileSync(join(folder, 'url'), 'utf8')).toBe(URL);
    const { startedAt, ...rest } = JSON.parse(readFileSync(join(folder, 'body'), 'utf8'));
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(rest).toEqual({ kind: 'BACKUP', outcome, finishedAt: instant, recoveryPointAt: startedAt });
  });

  it('tells the offset of a machine that cannot name its zone', () => {
    program('timedatectl', 'echo "System has not been booted with systemd" >&2; exit 1');
    program('curl', `/bin/cat > ${folder}/body`);
    const line = reported(URL, 'borg', 'true', { zoned: true });
    spawnSync('sh', ['-c', line], { env: { PATH: `${folder}:/usr/bin:/bin`, TZ: 'XXX-5:30' } });
    const read = readEnvelope(readFileSync(join(folder, 'body')), 'application/json', INLET);
    expect(read.sourceTimeZone).toBe('+0530');
    const clock = new SourceClock(read.sourceTimeZone);
    expect(clock.read('2026-11-23 10:41:57')?.toISOString()).toBe('2026-11-23T05:11:57.000Z');
    expect(new SourceClock('-03:30').read('2026-11-23 10:41:57')?.toISOString()).toBe('2026-11-23T14:11:57.000Z');
    expect([...clock.flags]).toEqual(['SOURCE_TZ_USED']);
  });
});
