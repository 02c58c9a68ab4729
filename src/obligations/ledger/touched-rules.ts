import type { EvidenceKind } from '../../core/evidence/evidence';
import type { PolicyRules } from '../../core/policy/rule';

/** The part of a policy that evidence of some kinds can meet or fail. */
export interface TouchedRules {
  /** Its rules, with the targets, which owe nothing and set limits. */
  rules: PolicyRules;
  /** The keys of its rules. */
  touched: ReadonlySet<string>;
  /** Of every rule of the policy: its place in it. */
  places: ReadonlyMap<string, number>;
}

const known = new WeakMap<PolicyRules, Map<string, TouchedRules>>();

/** What evidence of these kinds is about. Found once for each policy that is kept. */
export function touchedRules(policy: PolicyRules, kinds: readonly EvidenceKind[]): TouchedRules {
  const ofPolicy = known.get(policy) ?? new Map<string, TouchedRules>();
  const part = ofPolicy.get(kinds.join()) ?? find(policy, kinds);
  known.set(policy, ofPolicy.set(kinds.join(), part));
  return part;
}

function find(policy: PolicyRules, kinds: readonly EvidenceKind[]): TouchedRules {
  const { rules } = policy;
  const part = rules.filter(({ metBy }) => metBy?.kinds.some((kind) => kinds.includes(kind)));
  return {
    rules: { ...policy, rules: [...part, ...rules.filter(({ kind }) => kind === 'TARGET')] },
    touched: new Set(part.map(({ key }) => key)),
    places: new Map(rules.map(({ key }, place) => [key, place])),
  };
}
