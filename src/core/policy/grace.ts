import { Tier, TIERS } from '../importance/tier';
import { CivilDate, earlierOf } from '../time/civil-date';
import { addPeriod, parsePeriod } from '../time/duration';
import { OwedSince, owedSinceKey, owedSinceOf } from './owed-since';
import { isLonger, laxerFields } from './policy-check';
import { PolicyRules, Rule, TierTerms } from './rule';

/** What a policy asked of a tier under one rule before a version asked more, and how long that still counts. */
export interface Easing {
  /** The first day on which more is asked: the day of adoption. */
  sinceOn: CivilDate;
  /** The last day on which it is enough to keep the former terms. */
  untilOn: CivilDate;
  /** The rule as it was, for this tier only; null when nothing was asked, or another kind of thing. */
  rule: Rule | null;
  /** How long a duty that began had, and how long a review stood after a change. */
  grace: string;
  reviewAfterChange: string;
}

/** The easings of a policy, the oldest first, by `ruleKey:TIER`. */
export type Eased = Readonly<Record<string, readonly Easing[]>>;

/** A policy with what only its history says: since when each rule has been owed, and which easings have not run out. */
export interface DatedPolicy {
  rules: PolicyRules;
  owedSince: OwedSince;
  eased: Eased;
}

/** So long after its end an easing is kept: what became overdue at its end goes on being overdue since then. */
const KEPT_AFTER_END = parsePeriod('P24M');

/** The last day of the grace of what begins, or is tightened, on a day: never beyond the cadence (domain.md section 4). */
export function endOfGrace(since: CivilDate, grace: string, terms: Pick<TierTerms, 'cadence'>): CivilDate {
  const byGrace = addPeriod(since, parsePeriod(grace));
  return terms.cadence ? earlierOf(byGrace, addPeriod(since, parsePeriod(terms.cadence))) : byGrace;
}

/**
 * A policy that comes into force on `effectiveOn` in place of `before`: what it newly asks is owed from that day, and what it asks more of is eased until the end
 * of its grace (domain.md section 4).
 */
export function dated(policy: PolicyRules, effectiveOn: CivilDate, before: DatedPolicy | null = null): DatedPolicy {
  return {
    rules: policy,
    owedSince: owedSinceOf(policy, effectiveOn, before),
    eased: before ? easedBy(policy, effectiveOn, before) : {},
  };
}

function easedBy(policy: PolicyRules, effectiveOn: CivilDate, before: DatedPolicy): Eased {
  const old = new Map(before.rules.rules.map((rule) => [rule.key, rule]));
  const entries = policy.rules.flatMap((rule) =>
    TIERS.flatMap((tier): [string, Easing[]][] => {
      const terms = rule.tiers[tier];
      if (rule.kind === 'TARGET' || !terms || terms.advisedOnly) return [];
      const key = owedSinceKey(rule.key, tier);
      const known = (before.eased[key] ?? []).filter(
        ({ untilOn }) => addPeriod(untilOn, KEPT_AFTER_END) >= effectiveOn,
      );
      const was = formerRule(old.get(rule.key), rule, tier);
      if (!asksMore(was, rule, tier, before.rules, policy)) return known.length > 0 ? [[key, known]] : [];
      const { grace, reviewAfterChange } = before.rules;
      const untilOn = endOfGrace(effectiveOn, policy.grace[tier], terms);
      return [[key, [...known, { sinceOn: effectiveOn, untilOn, rule: was, grace: grace[tier], reviewAfterChange }]]];
    }),
  );
  return Object.fromEntries(entries);
}

/** Null also for what was judged in another way, or owed for something else: it cannot be kept any more. */
function formerRule(was: Rule | undefined, now: Rule, tier: Tier): Rule | null {
  const terms = was?.tiers[tier];
  if (!was || !terms || terms.advisedOnly || was.kind !== now.kind || was.scope !== now.scope) return null;
  return { ...was, tiers: { [tier]: terms } };
}

/** What turns no duty overdue: whether it decides readiness, and whether the rule may be left out. */
const WITHOUT_BEARING: readonly string[] = ['gating', 'optional'];

function asksMore(was: Rule | null, rule: Rule, tier: Tier, before: PolicyRules, after: PolicyRules): boolean {
  const [formerTerms, terms] = [was?.tiers[tier], rule.tiers[tier]];
  if (!was || !formerTerms || !terms) return true;
  if (isLonger(before.grace[tier], after.grace[tier])) return true;
  if (rule.kind === 'REVIEW' && isLonger(before.reviewAfterChange, after.reviewAfterChange)) return true;
  return laxerFields([was, formerTerms], [rule, terms]).some((field) => !WITHOUT_BEARING.includes(field));
}
