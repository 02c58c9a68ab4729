import { useTranslation } from 'react-i18next';
import type { TierRequirement } from '../../api/administration-types';
import type { Strength } from '../../api/types';
import { useDuration } from '../../ui/duration';

/** What one tier owes under a rule, in a few words. */
export function TierTerms({ terms }: { terms: TierRequirement | null }) {
  const { t } = useTranslation();
  const duration = useDuration();
  if (!terms || !terms.required)
    return <span className="text-soft">{t(terms ? 'policies.advised' : 'policies.notOwed')}</span>;
  return (
    <span className="grid text-[0.9375rem]">
      {terms.maximum ? <span>{t('policies.atMost', { time: duration(String(terms.maximum)) })}</span> : null}
      {!terms.maximum && (
        <span>{terms.cadence ? t('policies.every', { time: duration(terms.cadence) }) : t('policies.owed')}</span>
      )}
      {terms.gating && <span className="text-[0.8125rem]">{t('obligations.gating')}</span>}
      {terms.minStrength && (
        <span className="text-[0.8125rem] text-soft">
          {t('policies.minStrength', { strength: t(`domain:strength.${terms.minStrength as Strength}`) })}
        </span>
      )}
    </span>
  );
}
