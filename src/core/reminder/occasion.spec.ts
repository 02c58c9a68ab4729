import { TOKYO, dutyOf, judge, proofOf, rulingOf, tokyo } from '../../../test/support/rules/duties';
import { EvidenceFacts } from '../evidence/evidence';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { Duty } from '../obligation/derive-obligations';
import { Ruling } from '../obligation/obligation';
import { localDate } from '../time/zone';
import { occasionOf } from './occasion';
import { planReminders } from './reminder-plan';

const occasionAt = (duty: Duty, evidence: readonly EvidenceFacts[], time: string, rulings: readonly Ruling[] = []) =>
  occasionOf(duty, judge(duty, evidence, tokyo(time), { rulings }), DEFAULT_POLICY.grace[duty.tier], TOKYO);

describe('what there is to remind about', () => {
  const duty = dutyOf('drill-functional');
  const passed = proofOf(duty, tokyo('2026-05-01 10:00'));
  const failedOn = (day: string): EvidenceFacts => proofOf(duty, tokyo(`${day} 10:00`), { outcome: 'FAILED' });
  const byDrill = { tier: 'HIGH', leadDays: [90, 60, 30, 14, 7, 0] };

  it.each<[string, EvidenceFacts[], string, object]>([
    [
      'the first due day of what was never proven',
      [],
      '2026-04-02',
      { occurrence: 'DUE:2026-04-30', dueOn: '2026-04-30', ...byDrill },
    ],
    [
      'the same day once it has passed',
      [],
      '2026-06-01',
      { occurrence: 'DUE:2026-04-30', dueOn: '2026-04-30', ...byDrill },
    ],
    [
      'the next due day of what is met',
      [passed],
      '2026-05-02',
      { occurrence: 'DUE:2026-11-01', dueOn: '2026-11-01', ...byDrill },
    ],
    [
      'the same day while due soon',
      [passed],
      '2026-10-15',
      { occurrence: 'DUE:2026-11-01', dueOn: '2026-11-01', ...byDrill },
    ],
    [
      'the same day while overdue',
      [passed],
      '2026-12-15',
      { occurrence: 'DUE:2026-11-01', dueOn: '2026-11-01', ...byDrill },
    ],
    [
      'the day of a failure',
      [passed, failedOn('2026-05-20')],
      '2026-05-21',
      { occurrence: 'FAILED:2026-05-20', dueOn: '2026-05-20', tier: 'HIGH', leadDays: [0] },
    ],
    [
      'the first of failures one after the other',
      [passed, failedOn('2026-05-20'), failedOn('2026-05-27')],
      '2026-05-28',
      { occurrence: 'FAILED:2026-05-20', dueOn: '2026-05-20', tier: 'HIGH', leadDays: [0] },
    ],
    [
      'the due day of the pass that healed it',
      [failedOn('2026-04-20'), passed],
      '2026-05-28',
      { occurrence: 'DUE:2026-11-01', dueOn: '2026-11-01', ...byDrill },
    ],
  ])('is %s', (_, evidence, time, occasion) => {
    expect(occasionAt(duty, evidence, time)).toEqual(occasion);
  });

  it('is the end of a waiver, announced before it', () => {
    expect(occasionAt(duty, [failedOn('2026-04-20')], '2026-05-01', [rulingOf(duty)])).toEqual({
      ...{ occurrence: 'WAIVER:2026-06-30', dueOn: '2026-06-30', leadDays: [30, 14, 7, 0], tier: 'HIGH' },
    });
  });

  it.each(['2026-06-30', null])('is nothing while it is excluded until %s', (expiresOn) => {
    const exclusion = rulingOf(duty, { state: 'NOT_APPLICABLE', expiresOn });
    expect(occasionAt(duty, [failedOn('2026-04-20')], '2026-05-01', [exclusion])).toBeNull();
  });

  it('is nothing for what is met for good', () => {
    const approved = dutyOf('procedure-approved');
    expect(occasionAt(approved, [proofOf(approved, tokyo('2026-04-02'))], '2026-05-01')).toBeNull();
  });

  it('is nothing for enough copies, and the approval for too few', () => {
    const copies = dutyOf('backup-copies');
    expect(occasionAt(copies, [proofOf(copies, tokyo('2026-04-02'))], '2026-05-01')).toBeNull();
    const few = { copyFacts: { copies: 1, offsite: 1, offlineOrImmutable: 0, encrypted: 0 } };
    expect(occasionAt(copies, [proofOf(copies, tokyo('2026-04-02'), few)], '2026-05-01')).toMatchObject({
      occurrence: 'FAILED:2026-04-02',
    });
  });
});

describe('a recovery point', () => {
  const duty = dutyOf('recovery-point-fresh', 'HIGH', { rpoMinutes: 60 });
  const point = proofOf(duty, tokyo('2026-05-01 23:30'));

  it.each([
    ['is not spoken of while it is fine', '2026-05-02 00:30', null],
    ['is from the moment it is late', '2026-05-02 00:30:00.001', 'OVERDUE:2026-05-02'],
    ['and is no second matter when it becomes critical', '2026-05-05', 'OVERDUE:2026-05-02'],
  ])('%s', (_, time, occurrence) => {
    expect(occasionAt(duty, [point], time)?.occurrence ?? null).toBe(occurrence);
  });

  it('is reminded of as a first due day while there is none', () => {
    expect(occasionAt(duty, [], '2026-04-02')).toMatchObject({ occurrence: 'DUE:2026-04-30', leadDays: [0] });
  });

  it('is reminded of as a failure when no run ever passed', () => {
    const failed = proofOf(duty, tokyo('2026-04-10'), { outcome: 'FAILED' });
    expect(occasionAt(duty, [failed], '2026-04-12')).toMatchObject({ occurrence: 'FAILED:2026-04-10' });
  });
});

describe('a duty that came to be owed after its proof', () => {
  const since = { owedSinceOn: '2026-10-01', firstDueOn: '2026-10-31' };

  it.each<[string, Duty, Partial<EvidenceFacts>, string]>([
    ['proof that a higher tier makes too old', dutyOf('restore-test', 'HIGH', since), {}, 'DUE:2026-10-01'],
    ['an old failure', dutyOf('restore-test', 'HIGH', since), { outcome: 'FAILED' }, 'FAILED:2026-10-01'],
    [
      'an old approval of too few copies',
      dutyOf('backup-copies', 'HIGH', since),
      { copyFacts: { copies: 2, offsite: 1, offlineOrImmutable: 1, encrypted: 2 } },
      'FAILED:2026-10-01',
    ],
    ['an old point', dutyOf('recovery-point-fresh', 'HIGH', { ...since, rpoMinutes: 60 }), {}, 'OVERDUE:2026-10-01'],
  ])('is not spoken of as overdue since before: %s', (_, duty, facts, occurrence) => {
    const old = proofOf(duty, tokyo('2026-02-01'), facts);
    expect(occasionAt(duty, [old], '2026-10-01')).toMatchObject({ occurrence, dueOn: '2026-10-01' });
  });

  it('keeps a due day that is still to come', () => {
    const duty = dutyOf('restore-test', 'HIGH', since);
    expect(occasionAt(duty, [proofOf(duty, tokyo('2026-09-15'))], '2026-10-01')?.dueOn).toBe('2026-12-15');
  });
});

describe('the first notice', () => {
  const periodic = DEFAULT_POLICY.rules.filter(({ tiers }) => tiers.HIGH?.cadence).map(({ key }) => key);

  it.each(periodic)('of %s comes on the very day it is due soon', (key) => {
    const duty = dutyOf(key);
    const proof = proofOf(duty, tokyo('2026-05-01 10:00'));
    const { attentionAt } = judge(duty, [proof], tokyo('2026-05-01 10:00'));
    const occasion = occasionAt(duty, [proof], '2026-05-01 10:00');
    const [first] = occasion ? planReminders(occasion, '2028-01-01', () => false) : [];
    expect(first?.on).toBe(attentionAt && localDate(attentionAt, TOKYO));
  });
});
