import { useTranslation } from 'react-i18next';
import type { PolicyRule, TierTerms } from '../../api/types';
import { useDuration } from '../../ui/format/duration';
import type { Condition } from './editing/policy-draft';

/** On which systems a rule is owed at all, in words; empty when on all. */
export function useConditionWords(): (conditions: PolicyRule['conditions']) => string {
  const { t } = useTranslation();
  return (conditions) =>
    (conditions as Condition[])
      .map((condition) => {
        const field = t(`systemFields.${condition.field}`);
        switch (condition.field) {
          case 'hosting':
            return t('policies.conditionIn', {
              field,
              values: condition.in.map((each) => t(`domain:hosting.${each}`)).join(t('form.listComma')),
            });
          case 'confidentiality':
            return t('policies.conditionAtLeast', { field, least: condition.atLeast });
          default:
            return t('policies.conditionIn', { field, values: t(condition.equals ? 'form.yes' : 'form.no') });
        }
      })
      .join(t('form.listComma'));
}

/** On which systems a rule is owed at all. */
export function Conditions({ conditions }: { conditions: PolicyRule['conditions'] }) {
  const { t } = useTranslation();
  const words = useConditionWords()(conditions);
  if (!words) return null;
  return <span className="block text-[0.8125rem] text-soft">{t('policies.onlyIf', { conditions: words })}</span>;
}

/** The clause that asks for a rule, as the administrator typed it. */
export function Clause({
  clause,
  edition,
}: {
  clause?: string | null | undefined;
  edition?: string | null | undefined;
}) {
  const { t } = useTranslation();
  const words = [clause, edition].filter(Boolean).join(t('form.listComma'));
  if (!words) return null;
  return <span className="block text-[0.8125rem] text-soft">{t('policies.clauseShown', { clause: words })}</span>;
}

/** What an approved backup requirement has to name, in words. */
function useCopyWords() {
  const { t } = useTranslation();
  return ({ copies, offsite, offlineOrImmutable, encrypted }: NonNullable<TierTerms['copies']>) =>
    [
      copies && t('policies.copies', { count: copies }),
      offsite && t('policies.offsite', { count: offsite }),
      offlineOrImmutable && t('policies.offline', { count: offlineOrImmutable }),
      encrypted && t('policies.encrypted'),
    ].filter((word) => typeof word === 'string');
}

/** What a tier owes in its first words: a maximum, copies, or how often. */
function useHowWords() {
  const { t } = useTranslation();
  const duration = useDuration();
  const copyWords = useCopyWords();
  return ({ maximum, cadence, copies }: TierTerms) =>
    (maximum
      ? [t('policies.atMost', { time: duration(maximum) })]
      : copies
        ? copyWords(copies)
        : [cadence ? t('policies.every', { time: duration(cadence) }) : t('policies.owed')]
    ).join(t('form.listComma'));
}

/** What one tier owes under a rule, as one line of text. */
export function useTermsText(): (terms: TierTerms | null) => string {
  const { t } = useTranslation();
  const how = useHowWords();
  const conditions = useConditionWords();
  return (terms) => {
    if (!terms) return t('policies.notOwed');
    const only = conditions(terms.conditions);
    return [
      how(terms),
      !terms.required && t('policies.advised'),
      terms.gating && t('obligations.gating'),
      only && t('policies.onlyIf', { conditions: only }),
    ]
      .filter(Boolean)
      .join(t('form.listComma'));
  };
}

/** What one tier owes under a rule, in a few words. */
export function TierTermsCell({ terms }: { terms: TierTerms | null }) {
  const { t } = useTranslation();
  const how = useHowWords();
  if (!terms) return <span className="text-soft">{t('policies.notOwed')}</span>;
  const { gating, minStrength, conditions, required } = terms;
  return (
    <span className="grid text-[0.9375rem]">
      <span>{how(terms)}</span>
      {!required && <span className="text-[0.8125rem] text-soft">{t('policies.advised')}</span>}
      {gating && <span className="text-[0.8125rem]">{t('obligations.gating')}</span>}
      {minStrength && (
        <span className="text-[0.8125rem] text-soft">
          {t('policies.minStrength', { strength: t(`domain:strength.${minStrength}`) })}
        </span>
      )}
      <Conditions conditions={conditions} />
    </span>
  );
}
