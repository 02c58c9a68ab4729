import { useTranslation } from 'react-i18next';
import type { BulkField, Hosting } from '../../../api/types';
import { CheckField, SelectField } from '../../../ui/form/choice';
import { DurationField } from '../../../ui/form/duration-field';
import { TextField } from '../../../ui/form/field';
import type { useForm } from '../../../ui/form/use-form';
import { OrganisationField } from '../../organisations/organisation-field';
import { PersonField } from '../../people/person-field';
import { BULK_FIELDS, CLEARABLE, type BulkDraft } from './bulk-draft';

export type BulkForm = Pick<
  ReturnType<typeof useForm<BulkDraft & { chosen: BulkField[] }, unknown>>,
  'values' | 'set' | 'bind'
>;

const STAGES = ['PLANNED', 'OPERATING'] as const;
const HOSTINGS: Hosting[] = ['ON_PREMISES', 'CLOUD', 'HYBRID'];
const levels = <L extends string>(...values: L[]) => values.map((value) => ({ value, label: value }));

/** Which fields change, each with its control once it is ticked. */
export function BulkFields({ form, labels }: { form: BulkForm; labels: Record<string, string> }) {
  const { t } = useTranslation();
  const { chosen } = form.values;
  const toggle = (field: BulkField, on: boolean) =>
    form.set('chosen', on ? [...chosen, field] : chosen.filter((other) => other !== field));
  return (
    <fieldset>
      <legend className="mb-1 font-700">{t('bulk.fields')}</legend>
      <ul className="grid gap-x-6 sm:grid-cols-2">
        {BULK_FIELDS.map((field) => (
          <li key={field} className={chosen.includes(field) ? 'pb-4' : undefined}>
            <CheckField value={chosen.includes(field)} onChange={(on) => toggle(field, on)}>
              {labels[field]}
            </CheckField>
            {chosen.includes(field) && (
              <div className="ps-8">
                <Control form={form} field={field} label={labels[field] ?? field} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Control({ form, field, label }: { form: BulkForm; field: BulkField; label: string }) {
  const { t } = useTranslation();
  const hint = CLEARABLE.includes(field) ? t('bulk.emptyClears') : undefined;
  const at = <K extends BulkField>(name: K) => ({ ...form.bind(name), label, ...(hint && { hint }) });
  const yesNo = [
    { value: 'true' as const, label: t('bulk.yes') },
    { value: 'false' as const, label: t('bulk.no') },
  ];
  const controls: Record<BulkField, () => React.ReactNode> = {
    organisationId: () => <OrganisationField {...at('organisationId')} inside />,
    ownerId: () => <PersonField {...at('ownerId')} />,
    deputyId: () => <PersonField {...at('deputyId')} />,
    lifecycle: () => (
      <SelectField
        {...at('lifecycle')}
        options={STAGES.map((value) => ({ value, label: t(`domain:lifecycle.${value}`) }))}
      />
    ),
    confidentiality: () => <SelectField {...at('confidentiality')} options={levels('3', '2', '1')} />,
    integrity: () => <SelectField {...at('integrity')} options={levels('2', '1')} />,
    availability: () => <SelectField {...at('availability')} options={levels('2', '1')} />,
    publicFacing: () => <SelectField {...at('publicFacing')} options={yesNo} />,
    outsourced: () => <SelectField {...at('outsourced')} options={yesNo} />,
    hosting: () => (
      <SelectField
        {...at('hosting')}
        options={HOSTINGS.map((value) => ({ value, label: t(`domain:hosting.${value}`) }))}
      />
    ),
    sites: () => <TextField {...at('sites')} rows={2} />,
    supplier: () => <TextField {...at('supplier')} />,
    rto: () => <DurationField {...at('rto')} units={['hours', 'minutes', 'days']} />,
    rpo: () => <DurationField {...at('rpo')} units={['hours', 'minutes', 'days']} />,
    mtd: () => <DurationField {...at('mtd')} units={['hours', 'minutes', 'days']} />,
  };
  return controls[field]();
}
