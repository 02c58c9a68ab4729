import { DEFAULT_POLICY } from '../policy/default-policy';
import type { PolicyRules } from '../policy/rule';
import { BackedUpSystem, BackupFinding, BackupTerms, checkRequirement } from './check-requirement';

const copy = (more: Partial<BackupTerms['copies'][number]> = {}): BackupTerms['copies'][number] => ({
  ...{ medium: 'disk', offsite: false, offline: false, immutable: false, encrypted: true },
  ...more,
});
const THREE = [copy(), copy({ medium: 'object storage', offsite: true }), copy({ medium: 'tape', offline: true })];

/** A requirement that a HIGH system has nothing to be told about. */
const terms = (more: Partial<BackupTerms> = {}): BackupTerms => ({
  ...{ intervalMinutes: 60, rpoMinutes: 60, retention: 'P35D', generations: null, copies: THREE },
  ...{ verificationCadence: null, restoreTestCadence: null },
  ...more,
});
const system = (more: Partial<BackedUpSystem> = {}): BackedUpSystem => ({
  ...{ tier: 'HIGH', outsourced: false, publicFacing: false, hosting: 'ON_PREMISES', confidentiality: 1 },
  ...more,
});
const check = (
  more: Partial<BackupTerms> = {},
  of: Partial<BackedUpSystem> = {},
  policy: PolicyRules | null = DEFAULT_POLICY,
): BackupFinding[] => checkRequirement(terms(more), system(of), policy);
const briefly = (findings: readonly BackupFinding[]): string[] =>
  findings.map(({ field, ruleKey, gating, reason }) => `${field} ${reason.code} ${ruleKey}${gating ? ' gating' : ''}`);

it('has nothing to say of a requirement that keeps to the policy', () => {
  expect(check()).toEqual([]);
});

describe('the interval', () => {
  it.each([
    [60, []],
    [61, ['intervalMinutes INTERVAL_ABOVE_RPO null']],
  ])('of %i minutes against an RPO of 60', (intervalMinutes, expected) => {
    expect(briefly(check({ intervalMinutes }))).toEqual(expected);
  });

  it('is not held against an RPO that has not been said', () => {
    expect(check({ intervalMinutes: 10_000, rpoMinutes: null })).toEqual([]);
  });
});

describe('the RPO', () => {
  it.each([
    ['HIGH', 60, 0],
    ['HIGH', 61, 1],
    ['MODERATE', 1440, 0],
    ['MODERATE', 1441, 1],
    ['LOW', 10_080, 0],
    ['LOW', 10_081, 1],
  ] as const)('of a %s system, %i minutes: %i findings', (tier, rpoMinutes, count) => {
    const findings = check({ rpoMinutes }, { tier });
    expect(findings).toHaveLength(count);
    if (count > 0)
      expect(findings[0]).toMatchObject({
        ...{ field: 'rpoMinutes', ruleKey: 'rpo-maximum', gating: false },
        reason: { code: 'TARGET_TOO_LARGE', params: { target: 'RPO', minutes: rpoMinutes } },
      });
  });
});

describe('the copies', () => {
  const ONE = [copy({ encrypted: false })];

  it('fall short aspect by aspect, and decide readiness where the rule does', () => {
    expect(check({ copies: ONE }).map(({ reason, gating }) => [reason.params, gating])).toEqual([
      [{ aspect: 'copies', needed: 3, actual: 1 }, true],
      [{ aspect: 'offsite', needed: 1, actual: 0 }, true],
      [{ aspect: 'offlineOrImmutable', needed: 1, actual: 0 }, true],
      [{ aspect: 'encrypted', needed: 1, actual: 0 }, false],
    ]);
  });

  it('of a LOW system need encryption from confidentiality 2 on, and are only advised to be offline', () => {
    const aspects = (confidentiality: number): unknown[] =>
      check({ copies: ONE }, { tier: 'LOW', confidentiality }).map(({ reason }) => reason.params.aspect);
    expect(aspects(1)).toEqual(['copies', 'offsite']);
    expect(aspects(2)).toEqual(['copies', 'offsite', 'encrypted']);
  });

  it.each([
    ['one kind, however it is written', ['Disk', 'disk ', 'DISK'], 1],
    ['two kinds', ['disk', 'disk', 'tape'], 0],
    ['nothing said yet', ['', '', ''], 0],
  ])('on media of %s', (_title, media, count) => {
    const copies = THREE.map((stored, index) => ({ ...stored, medium: media[index] ?? '' }));
    const findings = check({ copies });
    expect(findings).toHaveLength(count);
    if (count > 0) expect(findings[0]).toMatchObject({ gating: false, reason: { code: 'COPIES_ON_ONE_MEDIUM' } });
  });

  it('may be on one kind of medium where two of them are enough', () => {
    const copies = [copy(), copy({ offsite: true })];
    expect(check({ copies }, { tier: 'LOW' })).toEqual([]);
  });
});

describe('how often it is checked', () => {
  it.each([
    ['verificationCadence', 'P7D', []],
    ['verificationCadence', 'P8D', ['verificationCadence VERIFICATION_TOO_SELDOM backup-verification']],
    ['restoreTestCadence', 'P3M', []],
    ['restoreTestCadence', 'P93D', ['restoreTestCadence RESTORE_TEST_TOO_SELDOM restore-test']],
  ])('%s %s', (field, cadence, expected) => {
    expect(briefly(check({ [field]: cadence }))).toEqual(expected);
  });
});

describe('how long it is kept', () => {
  it.each([
    [1440, 35, 'P35D', null],
    [1440, 36, 'P35D', 'P36D'],
    // 25 hourly generations take more than a day, and backups are kept for whole days.
    [60, 24, 'P1D', null],
    [60, 25, 'P1D', 'P2D'],
    [10_080, 4, 'P1M', null],
    [10_080, 5, 'P1M', 'P35D'],
  ])('every %i minutes, %i generations, %s', (intervalMinutes, generations, retention, needed) => {
    const of = { rpoMinutes: 10_080, intervalMinutes, generations, retention };
    const [finding] = check(of, { tier: 'LOW' });
    expect(finding?.reason.params.neededPeriod ?? null).toBe(needed);
  });
});

it('without a policy finds contradictions only', () => {
  const broken = { intervalMinutes: 120, copies: [], rpoMinutes: 60 };
  expect(briefly(check(broken, {}, null))).toEqual(['intervalMinutes INTERVAL_ABOVE_RPO null']);
});
