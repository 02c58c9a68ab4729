import { dutyOf, judge, packRule, proofOf, systemFacts, tokyo } from '../../../test/support/rules/duties';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { dated, DatedPolicy } from '../policy/grace';
import { PolicyRules, Rule, TierTerms } from '../policy/rule';
import { deriveDuties, Duty, SystemFacts } from './derive-obligations';
import { EasedTerms } from './eased-terms';

const RAISED = { tier: 'HIGH', tierSinceOn: '2026-10-01', raises: [{ from: 'MODERATE', on: '2026-10-01' }] } as const;
const PLAIN = dated(DEFAULT_POLICY, '2025-04-01');

function duty(key: string, facts: Partial<SystemFacts>, { rules, owedSince, eased }: DatedPolicy = PLAIN): Duty {
  const duties = deriveDuties(systemFacts(facts), [], rules, owedSince, eased);
  return duties.find(({ rule }) => rule.key === key) as Duty;
}

const changed = (key: string, change: (rule: Rule) => Rule, policy: PolicyRules = DEFAULT_POLICY): PolicyRules => ({
  ...policy,
  rules: policy.rules.map((rule) => (rule.key === key ? change(rule) : rule)),
});
const inHigh =
  (terms: Partial<TierTerms>) =>
  (rule: Rule): Rule => ({ ...rule, tiers: { ...rule.tiers, HIGH: { ...(rule.tiers.HIGH as TierTerms), ...terms } } });

const outline = (eased: readonly EasedTerms[]) =>
  eased.map(({ by, sinceOn, untilOn, former }) => [by, sinceOn, untilOn, former && former.terms.cadence]);

describe('the former terms of a duty', () => {
  it('are none where nothing was raised and nothing published', () => {
    for (const { eased } of deriveDuties(systemFacts(), [], DEFAULT_POLICY, PLAIN.owedSince, PLAIN.eased))
      expect(eased).toEqual([]);
  });

  it('after a raise are those of the tier before, until the end of the grace of the new one', () => {
    expect(outline(duty('restore-test', RAISED).eased)).toEqual([['RAISE', '2026-10-01', '2026-10-31', 'P6M']]);
  });

  it('count no longer than the new cadence', () => {
    expect(outline(duty('backup-verification', RAISED).eased)).toEqual([['RAISE', '2026-10-01', '2026-10-08', 'P1M']]);
  });

  it('are none where both tiers ask the same', () => {
    expect(duty('drill-tabletop', RAISED).eased).toEqual([]);
  });

  it('are nothing at all where the tier before asked nothing', () => {
    expect(outline(duty('drill-full-scale', RAISED).eased)).toEqual([['RAISE', '2026-10-01', '2026-10-31', null]]);
  });

  it('of two raises are both, the first as long as both graces last', () => {
    const raises = [
      { from: 'LOW', on: '2026-10-01' },
      { from: 'MODERATE', on: '2026-11-20' },
    ] as const;
    expect(outline(duty('restore-test', { ...RAISED, tierSinceOn: '2026-11-20', raises }).eased)).toEqual([
      ['RAISE', '2026-10-01', '2026-11-30', 'P12M'],
      ['RAISE', '2026-11-20', '2026-12-20', 'P6M'],
    ]);
  });

  it('of two raises end with the grace of the second where that is shorter', () => {
    const raises = [
      { from: 'LOW', on: '2026-10-01' },
      { from: 'MODERATE', on: '2026-10-05' },
    ] as const;
    expect(outline(duty('restore-test', { ...RAISED, tierSinceOn: '2026-10-05', raises }).eased)).toEqual([
      ['RAISE', '2026-10-01', '2026-11-04', 'P12M'],
      ['RAISE', '2026-10-05', '2026-11-04', 'P6M'],
    ]);
  });

  it('after a stricter version are those of the version before, until the end of the grace from the day of adoption', () => {
    const stricter = dated(changed('restore-test', inHigh({ cadence: 'P2M' })), '2027-01-15', PLAIN);
    expect(outline(duty('restore-test', {}, stricter).eased)).toEqual([['POLICY', '2027-01-15', '2027-02-14', 'P3M']]);
    expect(duty('restore-test', { tier: 'MODERATE' }, stricter).eased).toEqual([]);
    expect(duty('drill-functional', {}, stricter).eased).toEqual([]);
  });

  it('are nothing at all for a system that the version before excused by a condition', () => {
    const excusing = changed('restore-test', inHigh({ conditions: [{ field: 'outsourced', equals: true }] }));
    const policy = dated(DEFAULT_POLICY, '2026-10-01', dated(excusing, '2025-04-01'));
    expect(outline(duty('restore-test', {}, policy).eased)).toEqual([['POLICY', '2026-10-01', '2026-10-31', null]]);
    expect(outline(duty('restore-test', { outsourced: true }, policy).eased)).toEqual([
      ['POLICY', '2026-10-01', '2026-10-31', 'P3M'],
    ]);
    expect(duty('restore-test', {}, policy).firstDueOn).toBe('2026-10-31');
  });

  it('after a raise within the grace of a version are also what that version eased of the tier before', () => {
    const inModerate = (rule: Rule): Rule => ({
      ...rule,
      tiers: { ...rule.tiers, MODERATE: { gating: true, cadence: 'P4M' } },
    });
    const policy = dated(changed('restore-test', inModerate), '2026-09-20', PLAIN);
    expect(outline(duty('restore-test', RAISED, policy).eased)).toEqual([
      ['RAISE', '2026-10-01', '2026-10-31', 'P4M'],
      ['RAISE', '2026-10-01', '2026-10-31', 'P6M'],
    ]);
  });
});

describe('the first proof of a duty', () => {
  it('is due at the end of the grace where a version shortens the grace, and not long ago', () => {
    const shorter = { ...DEFAULT_POLICY, grace: { ...DEFAULT_POLICY.grace, HIGH: 'P10D' } };
    const policy = dated(shorter, '2026-04-20', PLAIN);
    expect(duty('procedure-approved', {}, policy).firstDueOn).toBe('2026-04-30');
    expect(
      duty('procedure-approved', { operatingSinceOn: '2026-04-20', tierSinceOn: '2026-04-20' }, policy).firstDueOn,
    ).toBe('2026-04-30');
    expect(
      duty('procedure-approved', { operatingSinceOn: '2026-02-01', tierSinceOn: '2026-02-01' }, policy).firstDueOn,
    ).toBe('2026-03-03');
  });
});

describe('a proof that the new terms do not take', () => {
  const until = { by: 'POLICY', sinceOn: '2026-10-01', untilOn: '2026-10-31' } as const;
  const former = (rule: Rule, terms: TierTerms) => ({ rule, terms, grace: 'P30D', reviewAfterChange: 'P30D' });

  it('since it is too weak counts until the end of the grace', () => {
    const now = dutyOf('restore-test', 'HIGH', { rule: { ...packRule('restore-test'), minStrength: 'VALIDATED' } });
    const weak = proofOf(now, tokyo('2026-09-01'), { strength: 'RESTORED' });
    const eased = [{ ...until, former: former(packRule('restore-test'), now.terms) }];
    const judged = (at: string) => judge({ ...now, eased }, [weak], tokyo(at));
    expect(judge(now, [weak], tokyo('2026-10-02')).state).toBe('OVERDUE');
    expect(judged('2026-10-02')).toMatchObject({
      state: 'DUE_SOON',
      reason: {
        code: 'IN_GRACE',
        params: { performedOn: '2026-09-01', dueOn: '2026-10-31', tightening: 'POLICY', sinceOn: '2026-10-01' },
      },
      ...{ dueOn: '2026-10-31', evidenceId: weak.id, attentionAt: tokyo('2026-11-01') },
    });
    expect(judged('2026-11-01')).toMatchObject({
      ...{ state: 'OVERDUE', reason: { code: 'NEVER_PROVEN_OVERDUE' }, since: tokyo('2026-11-01'), evidenceId: null },
    });
  });

  it('and a failure that only the former terms took does not fail what is owed now', () => {
    const now = dutyOf('restore-test');
    const wider = { ...now.rule, metBy: { kinds: ['RESTORE_TEST', 'DRILL'] } } as Rule;
    const pass = proofOf(now, tokyo('2026-06-01'));
    const failed = proofOf(now, tokyo('2026-08-20'), { kind: 'DRILL', outcome: 'FAILED' });
    const eased = [{ ...until, former: former(wider, { gating: true, cadence: 'P12M' }) }];
    expect(judge({ ...now, eased }, [pass, failed], tokyo('2026-08-25')).state).toBe('DUE_SOON');
    expect(judge({ ...now, eased }, [pass, failed], tokyo('2026-09-02')).state).toBe('OVERDUE');
  });
});
