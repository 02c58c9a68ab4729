import { systemFacts } from '../../../test/support/rules/duties';
import { TIERS, Tier } from '../importance/tier';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { owedSinceOf } from '../policy/owed-since';
import { BackupRequirementFacts, Duty, SystemFacts, deriveDuties } from './derive-obligations';

const POLICY_SINCE = '2025-04-01';

const requirement = (id: string, facts: Partial<BackupRequirementFacts> = {}): BackupRequirementFacts => ({
  id,
  declaredOn: '2026-04-01',
  changedOn: null,
  rpoMinutes: null,
  verificationCadence: null,
  restoreTestCadence: null,
  ...facts,
});

function duties(
  facts: Partial<SystemFacts>,
  requirements: readonly BackupRequirementFacts[] = [],
  policySinceOn = POLICY_SINCE,
): Duty[] {
  return deriveDuties(systemFacts(facts), requirements, DEFAULT_POLICY, owedSinceOf(DEFAULT_POLICY, policySinceOn));
}

const keysOf = (list: readonly Duty[]): string[] => list.map(({ rule }) => rule.key);
const dutyNamed = (list: readonly Duty[], key: string): Duty => list.find(({ rule }) => rule.key === key) as Duty;

describe('the lifecycle of a system', () => {
  it.each([
    ['PLANNED', false],
    ['OPERATING', true],
    ['RETIRED', false],
  ] as const)('%s owes anything: %s', (lifecycle, owes) => {
    expect(duties({ lifecycle }, [requirement('a')]).length > 0).toBe(owes);
  });
});

describe('what a tier owes', () => {
  const ALL: Partial<SystemFacts> = { outsourced: true, publicFacing: true, hosting: 'CLOUD', confidentiality: 3 };
  const BACKUPS = ['backup-requirement-declared', 'backup-requirement-review', 'recovery-point-fresh', 'backup-copies'];
  const EVERYBODY = [
    'procedure-approved',
    'procedure-review',
    'contacts-confirmed',
    ...BACKUPS,
    'backup-verification',
    'restore-test',
    'drill-tabletop',
    'drill-notification',
    'importance-review',
    'administrator-mfa',
    'important-software-settings',
    'vulnerability-assessment',
  ];

  it.each<[Tier, readonly string[]]>([
    ['LOW', []],
    ['MODERATE', ['backup-offline-copy', 'backup-encrypted', 'drill-functional']],
    [
      'HIGH',
      [
        'backup-offline-copy',
        'backup-encrypted',
        'drill-functional',
        'drill-full-scale',
        'redundancy-and-anti-ddos',
        'real-time-log-analysis',
      ],
    ],
  ])('a plain %s system owes what everybody does and %j', (tier, more) => {
    expect(keysOf(duties({ tier })).sort()).toEqual([...EVERYBODY, ...more].sort());
  });

  it.each<[Tier, readonly string[]]>([
    ['LOW', ['backup-encrypted', 'contractor-measures', 'cloud-service-selection']],
    ['MODERATE', ['redundancy-and-anti-ddos', 'contractor-measures', 'cloud-service-selection']],
    ['HIGH', ['contractor-measures', 'cloud-service-selection']],
  ])('a %s system that every condition holds for owes also %j', (tier, more) => {
    const plain = keysOf(duties({ tier }));
    const added = keysOf(duties({ tier, ...ALL })).filter((key) => !plain.includes(key));
    expect(added.sort()).toEqual([...more].sort());
  });

  it.each([{}, ALL])('is cumulative for %j', (facts) => {
    const [high, moderate, low] = TIERS.map((tier) => keysOf(duties({ ...facts, tier })));
    expect(high).toEqual(expect.arrayContaining(moderate as string[]));
    expect(moderate).toEqual(expect.arrayContaining(low as string[]));
  });

  it('never is a target: that meets and owes nothing', () => {
    expect(duties({}).filter(({ rule }) => rule.kind === 'TARGET')).toEqual([]);
  });
});

describe('a rule on backup requirements', () => {
  const forBackups = (list: readonly Duty[]): Duty[] => list.filter(({ rule }) => rule.scope === 'BACKUP_REQUIREMENT');
  const COUNT = DEFAULT_POLICY.rules.filter(({ scope }) => scope === 'BACKUP_REQUIREMENT').length;

  it('is owed by the system itself while none is declared', () => {
    const owed = forBackups(duties({}));
    expect(owed).toHaveLength(COUNT);
    expect(owed.every(({ backupRequirementId }) => backupRequirementId === null)).toBe(true);
  });

  it.each([[['a']], [['a', 'b', 'c']]])('is owed once for each of %j', (ids) => {
    const owed = forBackups(
      duties(
        {},
        ids.map((id) => requirement(id)),
      ),
    );
    expect(owed).toHaveLength(COUNT * ids.length);
    expect(new Set(owed.map(({ rule, backupRequirementId }) => `${rule.key} ${backupRequirementId}`)).size).toBe(
      owed.length,
    );
    expect([...new Set(owed.map(({ backupRequirementId }) => backupRequirementId))]).toEqual(ids);
  });

  it('leaves the rules on the system owed once', () => {
    const list = duties(
      {},
      ['a', 'b', 'c'].map((id) => requirement(id)),
    );
    expect(list.filter(({ rule }) => rule.key === 'restore-test')).toHaveLength(1);
    expect(dutyNamed(list, 'restore-test').backupRequirementId).toBeNull();
  });
});

describe('the day from which a duty is owed, and its first due day', () => {
  it.each<[Tier, string]>([
    ['HIGH', '2026-05-01'],
    ['MODERATE', '2026-05-31'],
    ['LOW', '2026-06-30'],
  ])('%s: registration + grace is %s', (tier, firstDueOn) => {
    expect(dutyNamed(duties({ tier }), 'procedure-approved')).toMatchObject({ owedSinceOn: '2026-04-01', firstDueOn });
  });

  it.each<[string, Tier, string]>([
    ['backup-verification', 'HIGH', '2026-04-08'],
    ['backup-verification', 'MODERATE', '2026-05-01'],
    ['backup-verification', 'LOW', '2026-05-01'],
    ['restore-test', 'HIGH', '2026-05-01'],
    ['contacts-confirmed', 'HIGH', '2026-05-01'],
    ['importance-review', 'LOW', '2026-06-30'],
    ['recovery-point-fresh', 'HIGH', '2026-05-01'],
  ])('the grace of %s in %s never exceeds the cadence: %s', (key, tier, firstDueOn) => {
    expect(dutyNamed(duties({ tier }), key).firstDueOn).toBe(firstDueOn);
  });

  it.each([
    ['registration', {}, '2025-04-01', '2026-04-01'],
    ['a tier raise', { tierSinceOn: '2026-08-10' }, '2025-04-01', '2026-08-10'],
    ['a new policy', {}, '2026-10-01', '2026-10-01'],
    ['a new policy before a tier raise', { tierSinceOn: '2026-12-01' }, '2026-10-01', '2026-12-01'],
    ['going into operation', { operatingSinceOn: '2027-01-05' }, '2026-10-01', '2027-01-05'],
  ])('begins with %s, whichever is last', (_, facts, policySinceOn, owedSinceOn) => {
    const list = duties({ ...facts, tier: 'HIGH' }, [], policySinceOn);
    expect(new Set(list.map((duty) => duty.owedSinceOn))).toEqual(new Set([owedSinceOn]));
  });

  it('begins with the declaration for a backup requirement declared later', () => {
    const list = duties({}, [requirement('a', { declaredOn: '2026-06-15' })]);
    expect(dutyNamed(list, 'backup-copies')).toMatchObject({ owedSinceOn: '2026-06-15', firstDueOn: '2026-07-15' });
    expect(dutyNamed(list, 'restore-test').owedSinceOn).toBe('2026-04-01');
  });

  it('clamps a grace in months to the end of a shorter one', () => {
    const policy = { ...DEFAULT_POLICY, grace: { ...DEFAULT_POLICY.grace, HIGH: 'P1M' } };
    const list = deriveDuties(
      systemFacts({ operatingSinceOn: '2028-01-31' }),
      [],
      policy,
      owedSinceOf(policy, POLICY_SINCE),
    );
    expect(dutyNamed(list, 'procedure-approved').firstDueOn).toBe('2028-02-29');
  });
});

describe('the change that reopens a review', () => {
  it.each([
    [null, null, null],
    ['2026-06-01', null, '2026-06-01'],
    [null, '2026-07-01', '2026-07-01'],
    ['2026-06-01', '2026-07-01', '2026-07-01'],
    ['2026-08-01', '2026-07-01', '2026-08-01'],
  ])('of the system on %s and of the requirement on %s', (system, ofRequirement, changedOn) => {
    const list = duties({ changedOn: system }, [requirement('a', { changedOn: ofRequirement })]);
    expect(dutyNamed(list, 'backup-requirement-review').changedOn).toBe(changedOn);
    expect(dutyNamed(list, 'procedure-review').changedOn).toBe(system);
  });
});

describe('the objective of a recovery point', () => {
  it.each([
    ['the requirement’s own', 30, 45, 30],
    ['the system’s', null, 45, 45],
    ['the largest the policy allows', null, null, 60],
  ])('is %s', (_, ofRequirement, ofSystem, rpoMinutes) => {
    const list = duties({ rpoMinutes: ofSystem }, [requirement('a', { rpoMinutes: ofRequirement })]);
    expect(dutyNamed(list, 'recovery-point-fresh').rpoMinutes).toBe(rpoMinutes);
  });

  it('is unknown when nobody says one', () => {
    const policy = { ...DEFAULT_POLICY, rules: DEFAULT_POLICY.rules.filter(({ target }) => target !== 'RPO') };
    const list = deriveDuties(systemFacts(), [requirement('a')], policy, owedSinceOf(policy, POLICY_SINCE));
    expect(dutyNamed(list, 'recovery-point-fresh').rpoMinutes).toBeNull();
  });
});
