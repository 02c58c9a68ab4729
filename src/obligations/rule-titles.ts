import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { IMPROVEMENT_RULE_KEY } from '../core/improvement/improvement-item';
import { message } from '../platform/messages/messages';
import type { PolicyRules, Rule } from '../core/policy/rule';
import type { AffectedObligation } from './dto/affected.response';
import type { StateChange } from './obligation-ledger';

/** The words of the rules of published policies, which never change and so are read once per process. */
@Injectable()
export class RuleTitles {
  private readonly rulesOf = new Map<string, Map<string, Rule>>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Makes the rules of these policies ready for `title` and `rule`.
   * @param m the manager of a running transaction: a second connection beside it could wait for ever when the pool is empty.
   */
  async load(policyIds: readonly (string | null)[], m: EntityManager = this.dataSource.manager): Promise<void> {
    const missing = [...new Set(policyIds)].filter((id): id is string => id !== null && !this.rulesOf.has(id));
    if (missing.length === 0) return;
    const rows = await m.query<{ id: string; rules: PolicyRules }[]>(
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

  /** Its title, or the key itself when the rule is not there any more. What no policy asks has its words in the catalogue. */
  title(policyId: string | null, ruleKey: string, locale: 'ja' | 'en'): string {
    if (ruleKey === IMPROVEMENT_RULE_KEY) return message(locale, 'improvement.duty');
    return this.rule(policyId, ruleKey)?.title[locale] ?? ruleKey;
  }

  /** The changes of a refresh as the answer to the person who caused them. */
  async affected(
    m: EntityManager,
    changes: readonly StateChange[],
    locale: 'ja' | 'en',
  ): Promise<AffectedObligation[]> {
    await this.load(
      changes.map(({ policyId }) => policyId),
      m,
    );
    return changes.map(({ obligationId, ruleKey, policyId, fromState, toState, dueOn }) => ({
      ...{ obligationId, ruleKey, fromState, toState, dueOn },
      ruleTitle: this.title(policyId, ruleKey, locale),
    }));
  }
}
