import { countCopies, type CountedCopy, copyShortfalls } from '../evidence/copy-facts';
import type { Tier } from '../importance/tier';
import { type ConditionFacts, termsFor } from '../policy/condition';
import type { PolicyRules, Rule, TierTerms } from '../policy/rule';
import type { Reason } from '../readiness/reason';
import { comparePeriods, formatPeriod, parsePeriod } from '../time/duration';

/** What a backup requirement asks for, as far as it is checked; null where it has not been said (yet). */
export interface BackupTerms {
  intervalMinutes: number | null;
  rpoMinutes: number | null;
  /** ISO 8601 calendar periods. */
  retention: string | null;
  verificationCadence: string | null;
  restoreTestCadence: string | null;
  generations: number | null;
  copies: readonly (CountedCopy & { medium: string })[];
}

/** For which system a requirement is: its tier and what conditions of rules ask about. */
export interface BackedUpSystem extends ConditionFacts {
  tier: Tier;
}

/** One way in which a requirement asks for less than its tier does, or contradicts itself. */
export interface BackupFinding {
  field: keyof BackupTerms;
  /** The rule that is not kept; null for what no rule says. */
  ruleKey: string | null;
  /** Whether an approval leaves an obligation failed that decides readiness. */
  gating: boolean;
  reason: Reason;
}

const MINUTES_PER_DAY = 1440;
/** Copies from which on two kinds of medium belong to them: 3-2-1. */
const COPIES_ON_TWO_MEDIA = 3;

/**
 * Where a backup requirement falls short of the policy of its system's tier, or of itself (domain.md section 4), in the order of the rules. What has
 * not been said is not found fault with. Without a policy only the contradictions are left.
 */
export function checkRequirement(
  terms: BackupTerms,
  system: BackedUpSystem,
  policy: PolicyRules | null,
): BackupFinding[] {
  return [
    ...contradictions(terms),
    ...(policy?.rules ?? []).flatMap((rule) => {
      const owed = termsFor(rule, system.tier, system);
      return owed ? againstRule(terms, rule, owed) : [];
    }),
  ];
}

function contradictions({ intervalMinutes, rpoMinutes, retention, generations }: BackupTerms): BackupFinding[] {
  const findings: BackupFinding[] = [];
  const found = (field: BackupFinding['field'], reason: Reason): void => {
    findings.push({ field, ruleKey: null, gating: false, reason });
  };
  if (intervalMinutes !== null && rpoMinutes !== null && intervalMinutes > rpoMinutes)
    found('intervalMinutes', {
      code: 'INTERVAL_ABOVE_RPO',
      params: { minutes: intervalMinutes, maxMinutes: rpoMinutes },
    });
  if (retention !== null && generations !== null && intervalMinutes !== null) {
    const needed = { months: 0, days: Math.ceil((generations * intervalMinutes) / MINUTES_PER_DAY) };
    if (comparePeriods(parsePeriod(retention), needed) < 0)
      found('retention', {
        code: 'RETENTION_TOO_SHORT',
        params: {
          retentionPeriod: retention,
          neededPeriod: formatPeriod(needed),
          generations,
          minutes: intervalMinutes,
        },
      });
  }
  return findings;
}

function againstRule(terms: BackupTerms, rule: Rule, owed: TierTerms): BackupFinding[] {
  const finding = (field: BackupFinding['field'], reason: Reason, gating = owed.gating): BackupFinding => ({
    ...{ field, ruleKey: rule.key, gating, reason },
  });
  switch (rule.kind) {
    case 'TARGET': {
      const { rpoMinutes } = terms;
      const { maxMinutes } = owed;
      if (rule.target !== 'RPO' || maxMinutes === undefined || rpoMinutes === null || rpoMinutes <= maxMinutes)
        return [];
      const params = { target: rule.target, minutes: rpoMinutes, maxMinutes };
      return [finding('rpoMinutes', { code: 'TARGET_TOO_LARGE', params })];
    }
    case 'COPIES': {
      const shortfalls = copyShortfalls(countCopies(terms.copies), owed.copies ?? {});
      const media = new Set(terms.copies.map(({ medium }) => medium.trim().toLowerCase()));
      const oneMedium =
        (owed.copies?.copies ?? 0) >= COPIES_ON_TWO_MEDIA &&
        terms.copies.length > 1 &&
        media.size === 1 &&
        !media.has('');
      return [
        ...shortfalls.map((params) => finding('copies', { code: 'COPIES_SHORT', params })),
        ...(oneMedium
          ? [finding('copies', { code: 'COPIES_ON_ONE_MEDIUM', params: { copies: terms.copies.length } }, false)]
          : []),
      ];
    }
    case 'VERIFICATION':
      return isLonger(terms.verificationCadence, owed.cadence)
        ? [finding('verificationCadence', tooSeldom('VERIFICATION_TOO_SELDOM', terms.verificationCadence, owed), false)]
        : [];
    case 'RESTORE_TEST':
      return isLonger(terms.restoreTestCadence, owed.cadence)
        ? [finding('restoreTestCadence', tooSeldom('RESTORE_TEST_TOO_SELDOM', terms.restoreTestCadence, owed), false)]
        : [];
    default:
      return [];
  }
}

const isLonger = (own: string | null, owed: string | undefined): boolean =>
  own !== null && owed !== undefined && comparePeriods(parsePeriod(own), parsePeriod(owed)) > 0;

/** The cadence of the tier goes on being owed, so that nothing fails by it. */
const tooSeldom = (
  code: 'VERIFICATION_TOO_SELDOM' | 'RESTORE_TEST_TOO_SELDOM',
  cadencePeriod: string | null,
  { cadence }: TierTerms,
): Reason => ({ code, params: { cadencePeriod, longestPeriod: cadence ?? null } });
