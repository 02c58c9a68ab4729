import type { NeutralRecord } from './neutral-record';
import { isOwnName, ownOnly } from './own-names';
import type { ReadSubmission } from './read-submission';
import { recordOf } from './record';

const record = (names: Partial<NeutralRecord>): NeutralRecord =>
  recordOf('bacula', { kind: 'BACKUP', outcome: 'PASSED', strength: 'COMPLETED', ...names });
const read = (...records: NeutralRecord[]): ReadSubmission => ({
  ...{ disposition: 'ACCEPTED', tool: 'bacula', flags: ['SOURCE_TZ_USED'], records },
  listedAt: new Date('2026-11-23T00:00:00Z'),
});
const counts = (names: Partial<NeutralRecord>, ...ownNames: string[]): boolean =>
  ownOnly(read(record(names)), ownNames).records.length === 1;

describe('the names that count at an inlet', () => {
  it.each<[Partial<NeutralRecord>, string]>([
    [{ host: 'db01-fd' }, 'DB01-fd'],
    [{ dataset: 'vm/100' }, 'vm/100'],
    [{ location: 'Ｖault-本省' }, 'ｖault-本省'],
    [{ dataset: 'が' }, 'か\u3099'],
    [{ runKey: 'barman:main:20261122T173000' }, 'main:*'],
    [{ runKey: 'barman:main:20261122T173000' }, 'barman:main:*'],
    [{ runKey: 'bacula:sysA.2026-11-22_17.30.00_04' }, 'sysa.*'],
    [{ dataset: 'arn:aws:rds:ap-northeast-1:1:db:sysA' }, '*:db:sysa'],
    [{ dataset: 'nightly sysA full' }, '*sysa*'],
  ])('%j is %s', (names, ownName) => expect(counts(names, 'another', ownName)).toBe(true));

  it.each<[Partial<NeutralRecord>, string]>([
    [{ host: 'db01-fd' }, 'db01'],
    [{ dataset: 'sysA2' }, 'sysA'],
    [{ dataset: 'oldsysA' }, 'sysA*'],
    [{ dataset: 'sysA old' }, '*sysA'],
    [{ dataset: 'sys.' }, 'sys?'],
    [{ dataset: 'sysAB' }, 'sys.B'],
    [{}, 'sysA'],
    [{ message: 'sysA' }, 'sysA'],
  ])('%j is not %s', (names, ownName) => expect(counts(names, ownName)).toBe(false));

  it('leave all as it is where there are none, and where all is ours', () => {
    const all = read(record({ host: 'a' }), record({}));
    expect(ownOnly(all, [])).toBe(all);
    const ours = read(record({ host: 'a' }), record({ host: 'A' }));
    expect(ownOnly(ours, ['a'])).toBe(ours);
  });

  it('leave out others and say so', () => {
    const ours = record({ host: 'a' });
    expect(ownOnly(read(ours, record({ host: 'b' })), ['a'])).toEqual({
      ...read(ours),
      flags: ['OTHERS_LEFT_OUT', 'SOURCE_TZ_USED'],
    });
  });

  it('leave of a list of others a list without records', () => {
    expect(ownOnly(read(record({ host: 'b' })), ['a'])).toMatchObject({
      ...{ disposition: 'ACCEPTED_NO_RECORDS', flags: expect.arrayContaining(['OTHERS_LEFT_OUT']), records: [] },
      listedAt: new Date('2026-11-23T00:00:00Z'),
    });
  });

  it.each([
    ['sysA', true],
    ['*sysA*', true],
    ['sys*A', false],
    ['**', false],
    ['*', false],
  ])('%s may be declared: %s', (text, may) => expect(isOwnName(text)).toBe(may));
});
