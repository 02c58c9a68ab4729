import type { PolicyFinding } from '../../core/policy/policy-check';
import type { Condition, Rule } from '../../core/policy/rule';
import { parsePeriod } from '../../core/time/duration';
import { formatDuration } from '../../platform/messages/format';
import { type Locale, message } from '../../platform/messages/messages';

/** What the sentence of a finding needs: the cell by its names, its value and what it is measured against. */
export interface FindingWords {
  where: string;
  value: string;
  bound: string;
}

/**
 * A finding in the words of a language. `rule` is that of the refused policy; absent for what it lacks, which is then named by its key.
 */
export function findingWords(finding: PolicyFinding, rule: Rule | undefined, locale: Locale): FindingWords {
  const { ruleKey, tier, field, code } = finding;
  const where = [
    rule?.title[locale] ?? ruleKey,
    tier && message(locale, 'policyTier', { tier: message(locale, `tier.${tier}`) }),
    code === 'RULE_MISSING' ? null : message(locale, `policyField.${field}`),
  ];
  return {
    where: where.filter(Boolean).join(' / '),
    value: valueWords(field, finding.value, locale),
    bound: code === 'RULE_MISSING' && rule ? rule.title[locale] : valueWords(field, finding.bound, locale),
  };
}

const PERIODS: readonly string[] = ['cadence', 'grace', 'reviewAfterChange'];

function valueWords(field: string, value: string, locale: Locale): string {
  if (value === '—') return value;
  if (PERIODS.includes(field)) return periodWords(value, locale);
  if (field === 'maxMinutes') return formatDuration(locale, Number(value));
  if (value === 'true' || value === 'false') return message(locale, `policyValue.${value}`);
  if (field === 'minStrength') return message(locale, `strength.${value}`);
  if (field === 'conditions') return conditionWords(JSON.parse(value) as Condition[]);
  return value;
}

function periodWords(text: string, locale: Locale): string {
  const { months, days } = parsePeriod(text);
  const parts = [
    ['policyValue.month', months],
    ['duration.day', days],
  ] as const;
  const words = parts.filter(([, count]) => count > 0).map(([key, count]) => message(locale, key, { count }));
  return words.join(locale === 'ja' ? '' : ' ');
}

/** In the words of the data, since whoever writes conditions reads them. */
function conditionWords(conditions: readonly Condition[]): string {
  const words = conditions.map((condition) => {
    if ('equals' in condition) return `${condition.field} = ${condition.equals}`;
    if ('in' in condition) return `${condition.field} = ${condition.in.join(' | ')}`;
    return `${condition.field} >= ${condition.atLeast}`;
  });
  return words.join(', ') || '—';
}
