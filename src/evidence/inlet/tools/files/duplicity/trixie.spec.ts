import { readOutput, refusalOf } from '../../../../../../test/support/inlet-outputs';
import type { Submission } from '../../../reading/submission';

/* What duplicity of Debian 13 said when it was run on a few files and then damaged, shortened. */

const UTC = { sourceTimeZone: 'UTC' };
const SYNCED =
  'Local and Remote metadata are synchronized, no sync needed.\nLast full backup date: Sun Nov 22 01:01:25 2026\n';
const LEFTOVERS = 'Warning, found incomplete backup sets, probably left from aborted session\n';
const STORE = 'file:///store';
const toldOn = (stderr: string): Partial<Submission> => ({ stderr: Buffer.from(stderr) });
const gpg = (what: string): string =>
  `GPGError: GPG Failed, see log below:\n===== Begin GnuPG log =====\ngpg: encrypted with 1 passphrase\ngpg: ${what}\n`;
const statistics = (stored: number): string =>
  [
    '--------------[ Backup Statistics ]--------------',
    'StartTime 1795309282.18 (Sun Nov 22 01:01:22 2026)',
    'EndTime 1795309282.19 (Sun Nov 22 01:01:22 2026)',
    'SourceFileSize 392304 (383 KB)',
    `TotalDestinationSizeChange ${stored} (x)`,
    'Errors 0',
    '-------------------------------------------------',
    '',
  ].join('\n');

describe('duplicity verify 3.0.4', () => {
  const verify = `duplicity verify ${STORE} /srv`;
  const compared = (files: number, differences: number): string =>
    `${SYNCED}Verify complete: ${files} file(s) compared, ${differences} difference(s) found.\n`;

  it('counts files and differences in words of its own', () => {
    for (const command of [verify, null])
      expect(readOutput(compared(6, 0), { command }).records[0]).toMatchObject({
        kind: 'VERIFICATION',
        outcome: 'PASSED',
        strength: 'DATA_CHECKED',
        errorCount: 0,
      });
    const differs = readOutput(compared(6, 1), { command: verify, exitCode: 1 });
    expect([differs.records[0]?.outcome, differs.flags]).toEqual(['FAILED', ['SOURCE_CHANGED']]);
  });

  it('looks at none of what it finds incomplete', () => {
    const { records, flags } = readOutput(LEFTOVERS + compared(6, 0), { command: verify });
    expect([records[0]?.outcome, flags]).toEqual(['PARTIAL', ['INCOMPLETE_SET']]);
  });

  it.each([
    ['a wrong passphrase', 31, gpg('decryption failed: Bad session key'), ['TOOL_FAILED']],
    ['a damaged manifest', 31, gpg('zlib inflate problem: invalid distance'), ['DAMAGE_FOUND', 'TOOL_FAILED']],
    [
      'a lost volume',
      30,
      'Traceback (innermost last):\n    file_names.append(backup_set.volume_name_dict[vol_num])\n KeyError: 1\n',
      ['DAMAGE_FOUND', 'TOOL_FAILED'],
    ],
    ['a damaged volume', 21, 'Invalid data - SHA1 hash mismatch for file:\n', ['DAMAGE_FOUND']],
  ])('fails by %s', (_, exitCode, stderr, expected) => {
    const { records, flags } = readOutput(SYNCED, { command: verify, exitCode, ...toldOn(stderr) });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', expected]);
  });
});

describe('duplicity restore 3.0.4', () => {
  it('that only names the volumes restores nothing', () => {
    const stdout = `${SYNCED}Required volumes to restore:\n\tduplicity-full.20261122T010125Z.vol1.difftar.gpg\n`;
    const { records, flags } = readOutput(stdout, { command: `duplicity restore --dry-run ${STORE} /r` });
    expect([records, flags]).toEqual([[], ['NOT_A_RESTORE']]);
  });

  it('with a wrong passphrase has found no damage', () => {
    const changes = { exitCode: 31, ...toldOn(gpg('decryption failed: Bad session key')) };
    const { records, flags } = readOutput(SYNCED, { command: `duplicity restore ${STORE} /r`, ...changes });
    expect([records[0]?.outcome, flags]).toEqual(['FAILED', []]);
  });

  it('leaves out what it finds incomplete, and says so', () => {
    const { flags } = readOutput(LEFTOVERS + SYNCED, { command: `duplicity restore ${STORE} /r` });
    expect(flags).toContain('INCOMPLETE_SET');
  });
});

describe('duplicity collection-status 3.0.4', () => {
  it('ends by what is not part of any chain', () => {
    const stdout = [
      'Collection Status',
      'Chain start time: Sun Nov 22 01:11:56 2026',
      ' Type of backup set:                            Time:      Num volumes:',
      '                Full         Sun Nov 22 01:11:56 2026                 1',
      '-------------------------',
      'Also found 0 backup set(s) not part of any chain,',
      'and 1 incomplete backup set(s).',
    ].join('\n');
    const { records, flags } = readOutput(stdout, UTC);
    expect(records.map(({ outcome, runKey }) => [outcome, runKey])).toEqual([
      ['PASSED', 'duplicity:full:20261122T011156Z'],
    ]);
    expect(flags).toContain('INCOMPLETE_SET');
  });

  it('counts a set of which no volume is left, and leaves it out', () => {
    const stdout = [
      'Collection Status',
      'Chain start time: Sun Nov 22 01:11:56 2026',
      'Number of contained backup sets: 2',
      ' Type of backup set:                            Time:      Num volumes:',
      '                Full         Sun Nov 22 01:11:56 2026                 1',
      '-------------------------',
      'No orphaned or incomplete backup sets found.',
    ].join('\n');
    const { records, flags } = readOutput(stdout, UTC);
    expect([records.length, flags]).toEqual([1, ['INCOMPLETE_SET', 'SOURCE_TZ_USED']]);
  });
});

describe('a run of duplicity 3.0.4', () => {
  it('that found nothing to store ends well without a new set', () => {
    const stdout = `${SYNCED}Skipped volume upload, as effectivly nothing has changed\n${statistics(0)}`;
    const { records, flags } = readOutput(stdout, { command: `duplicity inc --skip-if-no-change /srv ${STORE}` });
    expect(records).toEqual([expect.objectContaining({ kind: 'BACKUP', outcome: 'PASSED', recoveryPointAt: null })]);
    expect(flags).not.toContain('DRY_RUN');
  });

  it('without its statistics is a backup of which only its exit code speaks', () => {
    const command = `duplicity backup --no-print-statistics /srv ${STORE}`;
    const { records, flags } = readOutput(SYNCED, { command, exitCode: 0 });
    expect([records[0]?.outcome, flags]).toEqual(['PASSED', ['NO_SUMMARY']]);
  });

  it('is not locked by a lock that it tells of while it runs', () => {
    const stdout = `Acquiring lockfile /cache/lockfile\n${SYNCED}${statistics(114)}`;
    expect(readOutput(stdout, { command: `duplicity -v9 /srv ${STORE}` }).flags).not.toContain('REPO_LOCKED');
  });

  it('is not known by what every command of it says first', () => {
    for (const exitCode of [0, null])
      expect(refusalOf(SYNCED, { tool: 'duplicity', command: null, exitCode }).code).toBe('NOT_PARSEABLE');
  });
});

describe('duplicity that speaks Japanese', () => {
  const told = (...all: readonly string[]): string => `${all.join('\n')}\n`;
  const synced = 'ローカルとリモートのメタデータは同期され、同期は必要ありません。';
  const run = told(
    synced,
    '最終バックアップ日: なし',
    '--------------[ 統計情報のバックアップ ]--------------',
    'StartTime 1795309282.12 (Sun Nov 22 01:01:22 2026)',
    'EndTime 1795309282.32 (Sun Nov 22 01:01:22 2026)',
    'SourceFileSize 392400 (383 KB)',
    'TotalDestinationSizeChange 382332 (373 KB)',
    'Errors 0',
    '-------------------------------------------',
  );
  const status = (...end: readonly string[]): string =>
    told(
      'コレクションステータス',
      'チェーンの開始時間: Sun Nov 22 01:35:44 2026',
      'バックアップセットの数: 2',
      '          バックアップの種類:                              時間:        Num ボリューム:',
      '                  フル         Sun Nov 22 01:35:44 2026                 1',
      '                  増分         Sun Nov 22 01:35:45 2026                 1',
      '-------------------------',
      ...end,
    );

  it('has made a backup', () => {
    for (const command of [`duplicity /srv ${STORE}`, null])
      expect(readOutput(run, { command }).records[0]).toMatchObject({ outcome: 'PASSED', sizeBytes: 392_400n });
  });

  it('lists its sets, and what is left over', () => {
    const whole = readOutput(status('孤立または不完全なバックアップセットが見つかりませんでした。'), UTC);
    expect(whole.records.map(({ runKey }) => runKey)).toEqual([
      'duplicity:full:20261122T013544Z',
      'duplicity:inc:20261122T013545Z',
    ]);
    const left = ['0 バックアップセットはチェーンの一部ではありません。', 'そして 1 バックアップセットが不完全です。'];
    expect(readOutput(status(...left), UTC).flags).toContain('INCOMPLETE_SET');
  });

  it('verifies', () => {
    const verified = (differences: number): string =>
      told(synced, `検証完了: 6 ファイルの比較, ${differences} 差分が見つかりました.`);
    expect(readOutput(verified(0), { command: null }).records[0]).toMatchObject({ outcome: 'PASSED', errorCount: 0 });
    expect(readOutput(verified(1), { command: null, exitCode: 1 }).flags).toContain('SOURCE_CHANGED');
    const stderr = '無効なデータ - SHA1 ハッシュがファイルに一致しません:\n duplicity-full.vol1.difftar.gpg\n';
    const damaged = readOutput(told(synced), {
      command: `duplicity verify ${STORE} /srv`,
      exitCode: 21,
      ...toldOn(stderr),
    });
    expect(damaged.flags).toEqual(['DAMAGE_FOUND']);
  });
});
