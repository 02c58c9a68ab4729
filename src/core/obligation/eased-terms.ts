import { OwnCadences, tightenedTerms } from '../backup/tightened-terms';
import { Tier } from '../importance/tier';
import { canonical } from '../policy/canonical';
import { ConditionFacts, termsFor } from '../policy/condition';
import { Eased, Easing, endOfGrace } from '../policy/grace';
import { owedSinceKey } from '../policy/owed-since';
import { PolicyRules, Rule, TierTerms } from '../policy/rule';
import { CivilDate, earlierOf } from '../time/civil-date';

/** That the tier of a system was raised, from which and when. */
export interface Raise {
  from: Tier;
  on: CivilDate;
}

export const TIGHTENINGS = ['RAISE', 'POLICY'] as const;
/** By what a duty came to ask more: a higher tier, or a version of the policy. */
export type Tightening = (typeof TIGHTENINGS)[number];

/** What a duty asked before it asked more: through `untilOn` it is enough to keep that (domain.md section 4). */
export interface EasedTerms {
  by: Tightening;
  /** The first day on which more is asked. */
  sinceOn: CivilDate;
  untilOn: CivilDate;
  /** Null when nothing was asked. */
  former: { rule: Rule; terms: TierTerms; grace: string; reviewAfterChange: string } | null;
}

/** What of a system says which former terms its duties have. */
export interface EasedSystem extends ConditionFacts {
  tier: Tier;
  /** Up to the tier that it has, the oldest first. */
  raises: readonly Raise[];
}

const NONE: readonly EasedTerms[] = [];

/**
 * The former terms of a duty, by each raise of the tier and each version of the policy that asked more of it; almost always none. A raise is eased by what the
 * policy asks of the tier from which it was, and, as long as that tier is itself eased, by what it asked of it before.
 * @param terms what is owed now, with the requirements' own cadences.
 */
export function easedTerms(
  rule: Rule,
  terms: TierTerms,
  system: EasedSystem,
  requirements: readonly OwnCadences[],
  policy: PolicyRules,
  eased: Eased,
): readonly EasedTerms[] {
  const ofPolicy = eased[owedSinceKey(rule.key, system.tier)];
  if (system.raises.length === 0 && !ofPolicy) return NONE;
  return [
    ...raisesWithEnd(rule, terms, system, requirements, policy).flatMap(({ from, on, untilOn }): EasedTerms[] => {
      const raise = { by: 'RAISE', sinceOn: on } as const;
      const former = (of: Former): EasedTerms['former'] => formerTerms(of, from, system, requirements);
      const now = { rule, grace: policy.grace[from], reviewAfterChange: policy.reviewAfterChange };
      const before = (eased[owedSinceKey(rule.key, from)] ?? []).map((easing) => ({
        ...raise,
        untilOn: earlierOf(untilOn, easing.untilOn),
        former: former(easing),
      }));
      return [{ ...raise, untilOn, former: former(now) }, ...before];
    }),
    ...(ofPolicy ?? []).map((easing): EasedTerms => {
      const { sinceOn, untilOn } = easing;
      return { by: 'POLICY', sinceOn, untilOn, former: formerTerms(easing, system.tier, system, requirements) };
    }),
  ].filter(({ former: was }) => !was || was.rule !== rule || differ(was.terms, terms));
}

type Former = Pick<Easing, 'rule' | 'grace' | 'reviewAfterChange'>;

function formerTerms(
  { rule, grace, reviewAfterChange }: Former,
  tier: Tier,
  system: EasedSystem,
  requirements: readonly OwnCadences[],
): EasedTerms['former'] {
  const owed = rule && termsFor(rule, tier, system);
  return owed && { rule, terms: tightenedTerms(rule, owed, requirements), grace, reviewAfterChange };
}

/** Each raise with the end of its grace, by the tier that it led to. Where another followed, both graces must still last: the second began by what the first had eased. */
function raisesWithEnd(
  rule: Rule,
  terms: TierTerms,
  system: EasedSystem,
  requirements: readonly OwnCadences[],
  policy: PolicyRules,
): (Raise & { untilOn: CivilDate })[] {
  const ended: (Raise & { untilOn: CivilDate })[] = [];
  let [to, owed, last]: [Tier, TierTerms | null, CivilDate | null] = [system.tier, terms, null];
  for (const { from, on } of [...system.raises].reverse()) {
    const end = endOfGrace(on, policy.grace[to], owed ?? {});
    last = last ? earlierOf(last, end) : end;
    ended.unshift({ from, on, untilOn: last });
    const below = termsFor(rule, from, system);
    [to, owed] = [from, below && tightenedTerms(rule, below, requirements)];
  }
  return ended;
}

/** Whether two terms of one rule are kept by different things. */
function differ(a: TierTerms, b: TierTerms): boolean {
  return a.cadence !== b.cadence || canonical(a.copies) !== canonical(b.copies);
}
