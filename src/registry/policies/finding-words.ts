import type { PolicyFinding } from '../../core/policy/policy-check';
import type { CellChange } from '../../core/policy/policy-diff';
import type { Condition, PolicyRules, Rule } from '../../core/policy/rule';
import { parsePeriod } from '../../core/time/duration';
import { formatDuration } from '../../platform/messages/format';
import { hasMessage, type Locale, message } from '../../platform/messages/messages';

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
    code === 'RULE_MISSING' ? null : fieldWord(field, locale),
  ];
  return {
    where: where.filter(Boolean).join(' / '),
    value: valueWords(field, finding.value, locale),
    bound: code === 'RULE_MISSING' && rule ? rule.title[locale] : valueWords(field, finding.bound, locale),
  };
}

/** The whole sentence of a finding. `rules` are those of the policy that is too lax. */
export function findingSentence(finding: PolicyFinding, { rules }: PolicyRules, locale: Locale): string {
  const rule = rules.find(({ key }) => key === finding.ruleKey);
  return message(locale, `field.${finding.code}`, { ...findingWords(finding, rule, locale) });
}

/** A cell that differs, in words. */
export function cellWords({ tier, field, before, after }: CellChange, locale: Locale) {
  const where = [
    tier && message(locale, 'policyTier', { tier: message(locale, `tier.${tier}`) }),
    fieldWord(field, locale),
  ];
  const value = (text: string | null): string | null => text && valueWords(field, text, locale);
  return { where: where.filter(Boolean).join(' / '), before: value(before), after: value(after) };
}

const fieldWord = (field: string, locale: Locale): string =>
  hasMessage(`policyField.${field}`) ? message(locale, `policyField.${field}`) : field;

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
