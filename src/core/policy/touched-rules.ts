import { TIERS } from '../importance/tier';
import { canonical } from './canonical';
import { DatedPolicy } from './grace';
import { owedSinceKey } from './owed-since';
import { PolicyRules, Rule } from './rule';

/**
 * The keys of the rules under which a system may owe something else, or stand otherwise, when `after` comes into force in place of `before`.
 * Under every other rule each judgement stays what it is, so that a dry run need not make it again: nothing that `deriveDuties` and `judgeDuty`
 * look at has changed. Words and clauses decide nothing.
 */
export function touchedRules(before: DatedPolicy | null, after: DatedPolicy): ReadonlySet<string> {
  const old = new Map(before?.rules.rules.map((rule) => [rule.key, rule]));
  const next = new Map(after.rules.rules.map((rule) => [rule.key, rule]));
  const keys = new Set([...old.keys(), ...next.keys()]);
  if (!before) return keys;
  const reviewed = before.rules.reviewAfterChange !== after.rules.reviewAfterChange;
  const pointed = decisive(rpoTarget(before.rules)) !== decisive(rpoTarget(after.rules));
  return new Set(
    [...keys].filter((key) => {
      const [was, is] = [old.get(key), next.get(key)];
      if (!was || !is || decisive(was) !== decisive(is)) return true;
      if ((reviewed && is.kind === 'REVIEW') || (pointed && is.kind === 'RECOVERY_POINT')) return true;
      return TIERS.some(
        (tier) =>
          is.tiers[tier] !== undefined &&
          (before.rules.grace[tier] !== after.rules.grace[tier] ||
            before.owedSince[owedSinceKey(key, tier)] !== after.owedSince[owedSinceKey(key, tier)] ||
            canonical(before.eased[owedSinceKey(key, tier)]) !== canonical(after.eased[owedSinceKey(key, tier)])),
      );
    }),
  );
}

/** The part of a policy that judges these rules: a target gives the recovery point its objective. */
export function onlyRules(policy: PolicyRules, keys: ReadonlySet<string>): PolicyRules {
  return { ...policy, rules: policy.rules.filter((rule) => keys.has(rule.key) || rule.kind === 'TARGET') };
}

const rpoTarget = ({ rules }: PolicyRules): Rule | undefined => rules.find(({ target }) => target === 'RPO');

/** A rule as text, without what decides nothing. */
function decisive(rule: Rule | undefined): string {
  if (!rule) return '';
  const { title: _title, clause: _clause, edition: _edition, optional: _optional, ...rest } = rule;
  return canonical(rest);
}
