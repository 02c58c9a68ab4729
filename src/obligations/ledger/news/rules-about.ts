import type { EvidenceKind } from '../../../core/evidence/evidence';
import type { PolicyRules, Rule } from '../../../core/policy/rule';
import { onlyRules } from '../../../core/policy/touched-rules';

/** The part of a policy under which something has to be judged. */
export interface RulesAbout {
  /** Its rules, with the targets, which owe nothing and set limits. */
  rules: PolicyRules;
  /** The keys of its rules. */
  keys: ReadonlySet<string>;
  /** The kinds of evidence that can meet or fail them. */
  kinds: readonly EvidenceKind[];
  /** Every rule of the policy by its key, with its place in it. */
  all: ReadonlyMap<string, { rule: Rule; place: number }>;
}

const known = new WeakMap<PolicyRules, Map<string, RulesAbout>>();

/** What evidence of these kinds can meet or fail. */
export const rulesAbout = (policy: PolicyRules, kinds: readonly EvidenceKind[]): RulesAbout =>
  part(policy, kinds.join(), ({ metBy }) => metBy?.kinds.some((kind) => kinds.includes(kind)) ?? false);

/** The rules of these keys, which come sorted. */
export const rulesNamed = (policy: PolicyRules, keys: readonly string[]): RulesAbout =>
  part(policy, keys.join(), ({ key }) => keys.includes(key));

/** Found once for each policy that is kept. Kinds are written in capitals and keys are not, so that no two questions are spelt alike. */
function part(policy: PolicyRules, question: string, isAsked: (rule: Rule) => boolean): RulesAbout {
  const ofPolicy = known.get(policy) ?? new Map<string, RulesAbout>();
  const found = ofPolicy.get(question) ?? find(policy, isAsked);
  known.set(policy, ofPolicy.set(question, found));
  return found;
}

function find(policy: PolicyRules, isAsked: (rule: Rule) => boolean): RulesAbout {
  const keys = new Set(policy.rules.filter(isAsked).map(({ key }) => key));
  const rules = onlyRules(policy, keys);
  const kinds = [...new Set(rules.rules.flatMap(({ metBy }) => metBy?.kinds ?? []))];
  return { rules, keys, kinds, all: new Map(policy.rules.map((rule, place) => [rule.key, { rule, place }])) };
}
