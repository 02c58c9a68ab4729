import { useTranslation } from 'react-i18next';
import type { Tier } from '../../../api/types';
import { minutesOf } from '../../../ui/format/duration';
import { CheckField } from '../../../ui/form/choice';
import { DurationField } from '../../../ui/form/duration-field';
import { TextField } from '../../../ui/form/field';
import { ConditionsField } from './conditions-field';
import { HAS_CADENCE, maximumOf, type Rule, type Terms } from './policy-draft';

const COUNTS = ['copies', 'offsite', 'offlineOrImmutable'] as const;

/** The terms of one tier while they are written: what is typed and not yet whole stays as it is. */
export interface TermsDraft extends Omit<Terms, 'cadence' | 'maxMinutes' | 'copies'> {
  cadence: string;
  maximum: string;
  counts: Record<(typeof COUNTS)[number], string>;
  encrypted: boolean;
}

const emptyTerms: Terms = { gating: false };

export function termsDraft({ cadence, maxMinutes, copies, ...terms }: Terms = emptyTerms): TermsDraft {
  const count = (name: (typeof COUNTS)[number]) => (copies?.[name] === undefined ? '' : String(copies[name]));
  return {
    ...terms,
    cadence: cadence ?? '',
    maximum: maxMinutes === undefined ? '' : maximumOf(maxMinutes),
    counts: { copies: count('copies'), offsite: count('offsite'), offlineOrImmutable: count('offlineOrImmutable') },
    encrypted: copies?.encrypted ?? false,
  };
}

/** The terms as the service takes them; what was left empty is left out. */
export function termsOf(kind: Rule['kind'], draft: TermsDraft): Terms {
  const { cadence, maximum, counts, encrypted, conditions, advisedOnly, gating } = draft;
  const whole = (text: string) => text !== '' && !text.startsWith('unit:');
  const minutes = whole(maximum) ? minutesOf(maximum) : null;
  const copies = {
    ...Object.fromEntries(COUNTS.filter((name) => counts[name] !== '').map((name) => [name, Number(counts[name])])),
    ...(encrypted && { encrypted }),
  };
  return {
    gating,
    ...(HAS_CADENCE.includes(kind) && whole(cadence) && { cadence }),
    ...(kind === 'TARGET' && minutes !== null && { maxMinutes: minutes }),
    ...(kind === 'COPIES' && Object.keys(copies).length > 0 && { copies }),
    ...(conditions?.length && { conditions }),
    ...(advisedOnly && { advisedOnly }),
  };
}

interface TermsFieldsProps {
  kind: Rule['kind'];
  tier: Tier;
  /** The beginning of the names of its fields. */
  name: string;
  value: TermsDraft | null;
  errorOf: (name: string) => string | undefined;
  onChange: (value: TermsDraft | null) => void;
}

/** What one tier owes under a rule. */
export function TermsFields({ kind, tier, name, value, errorOf, onChange }: TermsFieldsProps) {
  const { t } = useTranslation();
  const label = t('tier.label', { tier: t(`domain:tier.${tier}`) });
  const set = (part: Partial<TermsDraft>) => value && onChange({ ...value, ...part });
  return (
    <fieldset className="card grid min-w-0 gap-3">
      <legend className="px-1 font-700">{label}</legend>
      <div className="flex flex-wrap gap-x-5">
        <CheckField name={`${name}.owed`} value={value !== null} onChange={(on) => onChange(on ? termsDraft() : null)}>
          {t('policies.owedHere')}
        </CheckField>
        {value && (
          <>
            {kind !== 'TARGET' && (
              <CheckField name={`${name}.gating`} value={value.gating} onChange={(gating) => set({ gating })}>
                {t('obligations.gating')}
              </CheckField>
            )}
            <CheckField
              name={`${name}.advisedOnly`}
              value={value.advisedOnly ?? false}
              onChange={(advisedOnly) => set({ advisedOnly })}
            >
              {t('policies.advisedOnly')}
            </CheckField>
          </>
        )}
      </div>
      {value && HAS_CADENCE.includes(kind) && (
        <DurationField
          name={`${name}.cadence`}
          label={t('policies.cadence')}
          units={['months', 'days', 'years']}
          value={value.cadence}
          error={errorOf(`${name}.cadence`)}
          onChange={(cadence) => set({ cadence })}
        />
      )}
      {value && kind === 'TARGET' && (
        <DurationField
          name={`${name}.maxMinutes`}
          label={t('policies.maximum')}
          units={['hours', 'minutes', 'days']}
          value={value.maximum}
          error={errorOf(`${name}.maxMinutes`)}
          onChange={(maximum) => set({ maximum })}
        />
      )}
      {value && kind === 'COPIES' && (
        <div className="grid gap-3 sm:grid-cols-3">
          {COUNTS.map((each) => (
            <TextField
              key={each}
              type="number"
              inputMode="numeric"
              name={`${name}.copies.${each}`}
              label={t(`policies.copyCount.${each}`)}
              value={value.counts[each]}
              error={errorOf(`${name}.copies.${each}`)}
              onChange={(count) => set({ counts: { ...value.counts, [each]: count.replace(/\D/g, '') } })}
            />
          ))}
          <CheckField
            name={`${name}.copies.encrypted`}
            value={value.encrypted}
            onChange={(encrypted) => set({ encrypted })}
          >
            {t('policies.encrypted')}
          </CheckField>
        </div>
      )}
      {value && (
        <ConditionsField
          name={`${name}.conditions`}
          label={t('policies.conditionsOfTier')}
          value={value.conditions ?? []}
          onChange={(conditions) => set({ conditions })}
        />
      )}
    </fieldset>
  );
}
