import { TIERS, type Tier } from '../importance/tier';
import { canonical } from './canonical';
import { PolicyRules, Rule } from './rule';

/** One cell that differs between two policies; null where one of them has no value. */
export interface CellChange {
  /** Null for what holds for every tier. */
  tier: Tier | null;
  field: string;
  before: string | null;
  after: string | null;
}

/** What became of one rule. A rule that was added or removed lists no cells. */
export interface RuleChange {
  ruleKey: string;
  title: Rule['title'];
  change: 'ADDED' | 'REMOVED' | 'CHANGED';
  cells: CellChange[];
}

export interface PolicyDiff {
  /** Graces, and the time after a change. */
  cells: CellChange[];
  /** In the order of the newer policy; what it no longer has comes last. */
  rules: RuleChange[];
}

/** What differs between two policies, cell by cell. Where both say nothing, in whatever way, nothing differs. */
export function diffPolicies(before: PolicyRules, after: PolicyRules): PolicyDiff {
  const old = new Map(before.rules.map((rule) => [rule.key, rule]));
  const kept = new Set(after.rules.map(({ key }) => key));
  return {
    cells: [
      ...changes(null, { reviewAfterChange: before.reviewAfterChange }, { reviewAfterChange: after.reviewAfterChange }),
      ...TIERS.flatMap((tier) => changes(tier, { grace: before.grace[tier] }, { grace: after.grace[tier] })),
    ],
    rules: [
      ...after.rules.flatMap((rule): RuleChange[] => {
        const { key: ruleKey, title } = rule;
        const was = old.get(ruleKey);
        if (!was) return [{ ruleKey, title, change: 'ADDED', cells: [] }];
        const cells = cellsOf(was, rule);
        return cells.length > 0 ? [{ ruleKey, title, change: 'CHANGED', cells }] : [];
      }),
      ...before.rules
        .filter(({ key }) => !kept.has(key))
        .map(({ key, title }): RuleChange => ({ ruleKey: key, title, change: 'REMOVED', cells: [] })),
    ],
  };
}

/** Whether putting `after` in place of `before` would change nothing at all. */
export function isSamePolicy(before: PolicyRules, after: PolicyRules): boolean {
  const { cells, rules } = diffPolicies(before, after);
  return cells.length === 0 && rules.length === 0;
}

function cellsOf(before: Rule, after: Rule): CellChange[] {
  const whole = ({ tiers: _tiers, key: _key, ...rest }: Rule): object => rest;
  return [
    ...changes(null, whole(before), whole(after)),
    ...TIERS.flatMap((tier) => {
      const [was, is] = [before.tiers[tier], after.tiers[tier]];
      if (!was || !is) return changes(tier, { tiers: was && true }, { tiers: is && true });
      return changes(tier, was, is);
    }),
  ];
}

function changes(tier: Tier | null, before: object, after: object): CellChange[] {
  const [was, is] = [flat(before), flat(after)];
  const fields = [...new Set([...is.keys(), ...was.keys()])];
  return fields
    .map((field) => ({ tier, field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter((cell) => cell.before !== cell.after);
}

/** Values by path, without those that say nothing: nothing, no, and empty lists. */
function flat(value: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, part]: [string, unknown]): [string, string][] => {
      const field = path ? `${path}.${name}` : name;
      if (part === undefined || part === null || part === false) return [];
      if (Array.isArray(part)) return part.length > 0 ? [[field, canonical(part)]] : [];
      if (typeof part === 'object') return [...flat(part, field)];
      return [[field, String(part)]];
    }),
  );
}
