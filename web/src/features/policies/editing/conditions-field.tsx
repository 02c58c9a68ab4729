import { useTranslation } from 'react-i18next';
import type { Hosting } from '../../../api/types';
import { CheckField, SelectField } from '../../../ui/form/choice';
import type { Condition } from './policy-draft';

const FLAGS = ['outsourced', 'publicFacing'] as const;
const HOSTINGS: readonly Hosting[] = ['ON_PREMISES', 'CLOUD', 'HYBRID'];

/** Conditions by field. Two on one field both have to hold, so they become the narrower one. */
interface ByField {
  outsourced?: boolean;
  publicFacing?: boolean;
  hosting?: Hosting[];
  confidentiality?: number;
}

function byField(conditions: readonly Condition[]): ByField {
  return conditions.reduce<ByField>((all, condition) => {
    if (condition.field === 'hosting')
      return { ...all, hosting: condition.in.filter((each) => all.hosting?.includes(each) ?? true) };
    if (condition.field === 'confidentiality')
      return { ...all, confidentiality: Math.max(condition.atLeast, all.confidentiality ?? 1) };
    return { ...all, [condition.field]: condition.equals };
  }, {});
}

function listed({ hosting, confidentiality, ...flags }: ByField): Condition[] {
  return [
    ...FLAGS.flatMap((field): Condition[] => {
      const equals = flags[field];
      return equals === undefined ? [] : [{ field, equals }];
    }),
    ...(hosting?.length ? [{ field: 'hosting' as const, in: hosting }] : []),
    ...(confidentiality ? [{ field: 'confidentiality' as const, atLeast: confidentiality }] : []),
  ];
}

interface ConditionsFieldProps {
  name: string;
  label: string;
  value: readonly Condition[];
  onChange: (value: Condition[]) => void;
}

/** On which systems something is owed; nothing chosen means on all. */
export function ConditionsField({ name, label, value, onChange }: ConditionsFieldProps) {
  const { t } = useTranslation();
  const now = byField(value);
  const change = (part: Partial<ByField>) => onChange(listed({ ...now, ...part }));
  const yesNo = [
    { value: 'true', label: t('form.yes') },
    { value: 'false', label: t('form.no') },
  ];
  return (
    <details open={value.length > 0}>
      <summary className="min-h-11 cursor-pointer py-2 font-700">{label}</summary>
      <div className="grid gap-3 sm:grid-cols-3">
        {FLAGS.map((field) => (
          <SelectField
            key={field}
            quiet
            name={`${name}.${field}`}
            label={t(`systemFields.${field}`)}
            empty={t('policies.anySystem')}
            value={now[field] === undefined ? '' : String(now[field])}
            options={yesNo}
            onChange={(chosen) => change({ [field]: chosen === '' ? undefined : chosen === 'true' })}
          />
        ))}
        <SelectField
          quiet
          name={`${name}.confidentiality`}
          label={t('systemFields.confidentiality')}
          empty={t('policies.anySystem')}
          value={now.confidentiality ? String(now.confidentiality) : ''}
          options={['2', '3'].map((least) => ({ value: least, label: t('policies.orMore', { least }) }))}
          onChange={(least) => change({ confidentiality: least === '' ? undefined : Number(least) })}
        />
      </div>
      <fieldset className="mt-2 min-w-0">
        <legend className="text-[0.875rem] text-soft">{t('systemFields.hosting')}</legend>
        <div className="flex flex-wrap gap-x-5">
          {HOSTINGS.map((each) => (
            <CheckField
              key={each}
              value={now.hosting?.includes(each) ?? false}
              onChange={(on) =>
                change({ hosting: on ? [...(now.hosting ?? []), each] : now.hosting?.filter((one) => one !== each) })
              }
            >
              {t(`domain:hosting.${each}`)}
            </CheckField>
          ))}
        </div>
      </fieldset>
    </details>
  );
}
