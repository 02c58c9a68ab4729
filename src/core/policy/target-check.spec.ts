import { packRule, systemFacts } from '../../../test/support/rules/duties';
import { Tier } from '../importance/tier';
import { DEFAULT_POLICY } from './default-policy';
import { PolicyRules } from './rule';
import { TargetFacts, checkTargets } from './target-check';

const system = (tier: Tier, targets: Partial<TargetFacts>): TargetFacts => ({
  ...systemFacts({ tier }),
  rtoMinutes: 60,
  rpoMinutes: 60,
  mtdMinutes: 60,
  ...targets,
});

describe('declared targets', () => {
  it.each<[Tier, number, number, number]>([
    ['HIGH', 240, 60, 720],
    ['MODERATE', 720, 1440, 2880],
    ['LOW', 4320, 10080, 10080],
  ])('of a %s system may be as large as the policy allows and one minute more is too large', (tier, rto, rpo, mtd) => {
    const largest = { rtoMinutes: rto, rpoMinutes: rpo, mtdMinutes: mtd };
    expect(checkTargets(system(tier, largest), DEFAULT_POLICY)).toEqual([]);
    const findings = checkTargets(
      system(tier, { rtoMinutes: rto + 1, rpoMinutes: rpo + 1, mtdMinutes: mtd + 1 }),
      DEFAULT_POLICY,
    );
    expect(findings).toEqual([
      { code: 'TARGET_TOO_LARGE', params: { target: 'RTO', minutes: rto + 1, maxMinutes: rto } },
      { code: 'TARGET_TOO_LARGE', params: { target: 'RPO', minutes: rpo + 1, maxMinutes: rpo } },
      { code: 'TARGET_TOO_LARGE', params: { target: 'MTD', minutes: mtd + 1, maxMinutes: mtd } },
    ]);
  });

  it('that are missing are named one by one', () => {
    const findings = checkTargets(
      system('HIGH', { rtoMinutes: null, rpoMinutes: null, mtdMinutes: null }),
      DEFAULT_POLICY,
    );
    expect(findings).toEqual([
      { code: 'TARGET_MISSING', params: { target: 'RTO', maxMinutes: 240 } },
      { code: 'TARGET_MISSING', params: { target: 'RPO', maxMinutes: 60 } },
      { code: 'TARGET_MISSING', params: { target: 'MTD', maxMinutes: 720 } },
    ]);
  });

  it.each([
    [60, 60, []],
    [61, 60, [{ code: 'RTO_ABOVE_MTD', params: { minutes: 61, maxMinutes: 60 } }]],
  ])('with a recovery time of %s and a tolerable downtime of %s minutes', (rtoMinutes, mtdMinutes, findings) => {
    expect(checkTargets(system('HIGH', { rtoMinutes, mtdMinutes }), DEFAULT_POLICY)).toEqual(findings);
  });

  it('contradict nothing while one of them is missing', () => {
    const findings = checkTargets(system('HIGH', { rtoMinutes: 60, mtdMinutes: null }), DEFAULT_POLICY);
    expect(findings.map(({ code }) => code)).toEqual(['TARGET_MISSING']);
  });

  const only = (rule: Partial<PolicyRules['rules'][number]>): PolicyRules => ({
    ...DEFAULT_POLICY,
    rules: [{ ...packRule('rto-maximum'), ...rule }],
  });

  it('are not limited by a rule whose condition the system does not meet', () => {
    const policy = only({ conditions: [{ field: 'publicFacing', equals: true }] });
    const facts = system('HIGH', { rtoMinutes: 9999, mtdMinutes: 9999 });
    expect(checkTargets(facts, policy)).toEqual([]);
    expect(checkTargets({ ...facts, publicFacing: true }, policy).map(({ code }) => code)).toEqual([
      'TARGET_TOO_LARGE',
    ]);
  });

  it('are not limited by advice', () => {
    const policy = only({ tiers: { HIGH: { gating: false, maxMinutes: 240, advisedOnly: true } } });
    expect(checkTargets(system('HIGH', { rtoMinutes: 9999, mtdMinutes: 9999 }), policy)).toEqual([]);
  });
});
