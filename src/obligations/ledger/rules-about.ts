import type { EvidenceKind } from '../../core/evidence/evidence';
import type { PolicyRules } from '../../core/policy/rule';
import { onlyRules } from '../../core/policy/touched-rules';

/** The part of a policy that evidence of some kinds can meet or fail. */
export interface RulesAbout {
  /** Its rules, with the targets, which owe nothing and set limits. */
  rules: PolicyRules;
  /** The keys of its rules. */
  keys: ReadonlySet<string>;
  /** Of every rule of the policy: its place in it. */
  places: ReadonlyMap<string, number>;
}

const known = new WeakMap<PolicyRules, Map<string, RulesAbout>>();

/** What evidence of these kinds is about. Found once for each policy that is kept. */
export function rulesAbout(policy: PolicyRules, kinds: readonly EvidenceKind[]): RulesAbout {
  const ofPolicy = known.get(policy) ?? new Map<string, RulesAbout>();
  const part = ofPolicy.get(kinds.join()) ?? find(policy, kinds);
  known.set(policy, ofPolicy.set(kinds.join(), part));
  return part;
}

function find(policy: PolicyRules, kinds: readonly EvidenceKind[]): RulesAbout {
  const about = policy.rules.filter(({ metBy }) => metBy?.kinds.some((kind) => kinds.includes(kind)));
  const keys = new Set(about.map(({ key }) => key));
  return { rules: onlyRules(policy, keys), keys, places: new Map(policy.rules.map(({ key }, place) => [key, place])) };
}
