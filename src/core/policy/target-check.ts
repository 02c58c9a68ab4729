import { Tier } from '../importance/tier';
import { Reason } from '../readiness/reason';
import { ConditionFacts, termsFor } from './condition';
import { PolicyRules, Target } from './rule';

/** What a system declares, in minutes; null when it has not said. */
export interface TargetFacts extends ConditionFacts {
  tier: Tier;
  rtoMinutes: number | null;
  rpoMinutes: number | null;
  mtdMinutes: number | null;
}

/**
 * Where the declared targets are missing, larger than the policy allows, or contradict each other
 * (RTO <= MTD, domain.md section 2). Findings only: a target is a promise, so it meets no obligation.
 */
export function checkTargets(system: TargetFacts, policy: PolicyRules): Reason[] {
  const declared: Record<Target, number | null> = {
    RTO: system.rtoMinutes,
    RPO: system.rpoMinutes,
    MTD: system.mtdMinutes,
  };
  const findings: Reason[] = policy.rules.flatMap((rule): Reason[] => {
    const maximum = termsFor(rule, system.tier, system)?.maxMinutes;
    if (!rule.target || maximum === undefined) return [];
    const value = declared[rule.target];
    if (value === null) return [{ code: 'TARGET_MISSING', params: { target: rule.target, maxMinutes: maximum } }];
    if (value <= maximum) return [];
    return [{ code: 'TARGET_TOO_LARGE', params: { target: rule.target, minutes: value, maxMinutes: maximum } }];
  });
  if (system.rtoMinutes !== null && system.mtdMinutes !== null && system.rtoMinutes > system.mtdMinutes)
    findings.push({ code: 'RTO_ABOVE_MTD', params: { minutes: system.rtoMinutes, maxMinutes: system.mtdMinutes } });
  return findings;
}
