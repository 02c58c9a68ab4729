import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PolicyRules, Rule } from '../core/policy/rule';

/** The words of the rules of published policies, which never change and so are read once per process. */
@Injectable()
export class RuleTitles {
  private readonly rulesOf = new Map<string, Map<string, Rule>>();

  constructor(private readonly dataSource: DataSource) {}

  /** Makes the rules of these policies ready for `title` and `rule`. */
  async load(policyIds: readonly (string | null)[]): Promise<void> {
    const missing = [...new Set(policyIds)].filter((id): id is string => id !== null && !this.rulesOf.has(id));
    if (missing.length === 0) return;
    const rows = await this.dataSource.query<{ id: string; rules: PolicyRules }[]>(
      'SELECT id, rules FROM policy WHERE id = ANY($1::uuid[])',
      [missing],
    );
    for (const { id, rules } of rows) this.rulesOf.set(id, new Map(rules.rules.map((rule) => [rule.key, rule])));
  }

  /** The rules of a loaded policy, in its order. */
  rules(policyId: string): Rule[] {
    return [...(this.rulesOf.get(policyId)?.values() ?? [])];
  }

  /** A rule of a loaded policy; null when that policy has none of the name. */
  rule(policyId: string | null, ruleKey: string): Rule | null {
    return (policyId && this.rulesOf.get(policyId)?.get(ruleKey)) || null;
  }

  /** Its title, or the key itself when the rule is not there any more. */
  title(policyId: string | null, ruleKey: string, locale: 'ja' | 'en'): string {
    return this.rule(policyId, ruleKey)?.title[locale] ?? ruleKey;
  }
}
