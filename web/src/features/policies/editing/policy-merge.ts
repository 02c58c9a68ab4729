import { useTranslation } from 'react-i18next';
import type { PolicyRule, Tier } from '../../../api/types';
import type { MergeWords } from '../../../ui/merge/merge-dialog';
import { useFieldText } from '../../audit/field-value';
import { useConditionWords, useTermsText } from '../tier-terms';
import { type PolicyDraft, type Rule, shownTerms, type Terms, TIERS } from './policy-draft';

/** A rule with its tiers beside its other fields, so that each is chosen by itself. */
type FlatRule = Omit<Rule, 'tiers'> & Partial<Record<Tier, Terms>>;

/** A draft whose graces and rules are chosen one by one. */
export type FlatPolicy = Record<`grace.${Tier}` | 'reviewAfterChange', string> & { rules: FlatRule[] };

export const RULE_KEYS = { rules: ({ key }: FlatRule) => key };

export const flatOf = ({ grace, reviewAfterChange, rules }: PolicyDraft): FlatPolicy => ({
  ...{ 'grace.HIGH': grace.HIGH, 'grace.MODERATE': grace.MODERATE, 'grace.LOW': grace.LOW, reviewAfterChange },
  rules: rules.map(({ tiers, ...rule }) => ({ ...rule, ...tiers })),
});

export const policyOf = ({ reviewAfterChange, rules, ...grace }: FlatPolicy): PolicyDraft => ({
  grace: { HIGH: grace['grace.HIGH'], MODERATE: grace['grace.MODERATE'], LOW: grace['grace.LOW'] },
  reviewAfterChange,
  rules: rules.map(({ HIGH, MODERATE, LOW, ...rule }) => ({
    ...rule,
    tiers: { ...(HIGH && { HIGH }), ...(MODERATE && { MODERATE }), ...(LOW && { LOW }) },
  })),
});

/** A draft in words, for the choice between two versions of it. */
export function usePolicyWords(): MergeWords {
  const { t, i18n } = useTranslation();
  const text = useFieldText();
  const terms = useTermsText();
  const conditions = useConditionWords();
  const tierLabels = TIERS.flatMap((tier) => [
    [`grace.${tier}`, t('policies.graceOf', { tier: t(`domain:tier.${tier}`) })],
    [`rules.${tier}`, t('tier.label', { tier: t(`domain:tier.${tier}`) })],
  ]);
  return {
    labels: {
      ...(Object.fromEntries(tierLabels) as Record<string, string>),
      reviewAfterChange: t('policies.reviewAfterChange'),
      rules: t('policies.rule'),
      'rules.title': t('policies.ruleTitle'),
      'rules.clause': t('policies.clause'),
      'rules.edition': t('policies.edition'),
      'rules.minStrength': t('policies.strength'),
      'rules.anchor': t('policies.anchor'),
      'rules.conditions': t('policies.conditionsOfRule'),
    },
    show: (name, value) => {
      const tier = TIERS.find((each) => name === `rules.${each}`);
      if (tier) return terms(shownTerms({ tiers: { [tier]: value as Terms | undefined } } as Rule, tier));
      if (name === 'rules.title') return Object.values(value as Rule['title']).join(' / ');
      if (name === 'rules.minStrength' && value)
        return t(`domain:strength.${value as NonNullable<Rule['minStrength']>}`);
      if (name === 'rules.anchor') return t(`policies.anchors.${(value as Rule['anchor']) ?? 'LAST_DONE'}`);
      if (name === 'rules.conditions') return text(name, conditions((value ?? []) as PolicyRule['conditions']));
      return text(name, value);
    },
    titleOf: (_list, rule) => (rule as Rule).title[i18n.language === 'en' ? 'en' : 'ja'],
  };
}
