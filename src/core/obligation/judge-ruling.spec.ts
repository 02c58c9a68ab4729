import { dutyOf, judge, proofOf, rulingOf, tokyo } from '../../../test/support/rules/duties';
import { TIERS } from '../importance/tier';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { isWaivable } from './judge-ruling';
import { judgeDuty } from './judge-duty';
import { type Moment, ObligationState, present, Ruling } from './obligation';

const duty = dutyOf('restore-test');
const passed = proofOf(duty, tokyo('2026-05-01'));
const failed = proofOf(duty, tokyo('2026-05-02'), { outcome: 'FAILED' });
const LAST_DAY = '2026-06-30';

describe('a ruling in force', () => {
  it.each<[string, readonly (typeof passed)[]]>([
    ['a pass', [passed]],
    ['a failure', [failed]],
    ['nothing', []],
  ])('goes before %s', (_, evidence) => {
    const waiver = rulingOf(duty);
    expect(judge(duty, evidence, tokyo('2026-06-01'), { rulings: [waiver] })).toEqual({
      state: 'WAIVED',
      reason: { code: 'WAIVED', params: { expiresOn: LAST_DAY } },
      dueOn: LAST_DAY,
      dueAt: tokyo('2026-07-01'),
      since: waiver.grantedAt,
      evidenceId: null,
      attentionAt: tokyo('2026-07-01'),
    });
  });

  it.each<[string, string, ObligationState]>([
    ['the instant before it is granted', '2026-05-09 23:59:59.999', 'FAILED'],
    ['the instant it is granted', '2026-05-10', 'WAIVED'],
    ['the last millisecond of its last day', '2026-06-30 23:59:59.999', 'WAIVED'],
    ['the first instant of the next day', '2026-07-01', 'FAILED'],
  ])('at %s: %s is %s', (_, time, state) => {
    const waiver = rulingOf(duty, { grantedAt: tokyo('2026-05-10') });
    expect(judge(duty, [passed, failed], tokyo(time), { rulings: [waiver] }).state).toBe(state);
  });

  it('gives way on expiry to the true state, with its true beginning', () => {
    const waiver = rulingOf(duty);
    expect(judge(duty, [failed], tokyo('2026-07-01'), { rulings: [waiver] }).since).toEqual(failed.performedAt);
  });

  it('may exclude without end', () => {
    const exclusion = rulingOf(duty, { state: 'NOT_APPLICABLE', expiresOn: null });
    expect(judge(duty, [failed], tokyo('2099-01-01'), { rulings: [exclusion] })).toMatchObject({
      state: 'NOT_APPLICABLE',
      dueOn: null,
      dueAt: null,
      attentionAt: null,
    });
  });
});

describe('which ruling counts', () => {
  const exclusion = rulingOf(duty, { state: 'NOT_APPLICABLE', expiresOn: '2026-05-31' });
  const waiver = rulingOf(duty);
  const longer = rulingOf(duty, { expiresOn: '2026-09-30' });

  it.each<[string, Ruling[], string | null, ObligationState]>([
    ['the exclusion before the waiver', [waiver, exclusion], '2026-05-31', 'NOT_APPLICABLE'],
    ['the waiver that holds longer', [waiver, longer], '2026-09-30', 'WAIVED'],
    ['one without end before one that ends', [exclusion, { ...exclusion, expiresOn: null }], null, 'NOT_APPLICABLE'],
    ['no expired one', [rulingOf(duty, { expiresOn: '2026-05-04' }), waiver], LAST_DAY, 'WAIVED'],
    [
      'no future one',
      [rulingOf(duty, { grantedAt: tokyo('2026-06-01'), expiresOn: '2026-12-31' }), waiver],
      LAST_DAY,
      'WAIVED',
    ],
  ])('is %s', (_, rulings, dueOn, state) => {
    const asOf = tokyo('2026-05-05');
    expect(judge(duty, [], asOf, { rulings })).toMatchObject({ state, dueOn });
    expect(judge(duty, [], asOf, { rulings: [...rulings].reverse() })).toMatchObject({ state, dueOn });
  });

  it('is followed by the next one when it ends', () => {
    expect(judge(duty, [failed], tokyo('2026-06-01'), { rulings: [exclusion, waiver] }).state).toBe('WAIVED');
  });

  it('says nothing about another rule', () => {
    expect(judge(duty, [failed], tokyo('2026-05-05'), { rulings: [rulingOf(dutyOf('drill-tabletop'))] }).state).toBe(
      'FAILED',
    );
  });

  it.each([
    [null, 'WAIVED'],
    ['requirement', 'WAIVED'],
    ['other', 'UNKNOWN'],
  ])('given for requirement %s, it makes the duty %s', (backupRequirementId, state) => {
    const verification = dutyOf('backup-verification', 'LOW');
    const rulings = [rulingOf(verification, { backupRequirementId })];
    expect(judge(verification, [], tokyo('2026-04-15'), { rulings }).state).toBe(state);
  });
});

describe('what cannot be waived', () => {
  const owed = DEFAULT_POLICY.rules.flatMap((rule) =>
    TIERS.filter((tier) => rule.kind !== 'TARGET' && rule.tiers[tier]).map((tier) => ({
      key: rule.key,
      rule,
      tier,
      waivable: !(tier === 'HIGH' && rule.scope === 'BACKUP_REQUIREMENT'),
    })),
  );

  it.each(owed)('$key of a $tier system may be waived: $waivable', ({ key, rule, tier, waivable }) => {
    expect(isWaivable(rule, tier)).toBe(waivable);
    const backups = dutyOf(key, tier);
    const stateUnder = (state: Ruling['state']): ObligationState =>
      judge(backups, [], tokyo('2026-04-15'), { rulings: [rulingOf(backups, { state })] }).state;
    expect(stateUnder('WAIVED')).toBe(waivable ? 'WAIVED' : 'UNKNOWN');
    expect(stateUnder('NOT_APPLICABLE')).toBe('NOT_APPLICABLE');
  });
});

describe('what was recorded before a clock was set back', () => {
  const recordedAt = tokyo('2026-06-01 12:00');
  const proven = proofOf(duty, recordedAt);
  const waiver = rulingOf(duty, { grantedAt: recordedAt });
  const { grace } = DEFAULT_POLICY;
  const stateAt = (moment: Moment, evidence: readonly (typeof passed)[], rulings: readonly Ruling[]): ObligationState =>
    judgeDuty(duty, evidence, rulings, DEFAULT_POLICY, grace[duty.tier], moment).state;

  it.each([
    ['2026-06-01 11:55', 'MET', 'WAIVED'],
    ['2026-05-31 12:00', 'MET', 'WAIVED'],
    ['2026-05-31 11:59:59.999', 'OVERDUE', 'OVERDUE'],
  ])('is known today at %s, and is not where the past is told', (time, met, waived) => {
    const now = tokyo(time);
    const today = present(now, 'Asia/Tokyo');
    expect([stateAt(today, [proven], []), stateAt(today, [], [waiver])]).toEqual([met, waived]);
    const then = { asOf: now, timeZone: 'Asia/Tokyo' };
    expect([stateAt(then, [proven], []), stateAt(then, [], [waiver])]).toEqual(['OVERDUE', 'OVERDUE']);
  });
});
