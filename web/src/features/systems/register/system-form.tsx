import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hosting, Lifecycle, Tier } from '../../../api/types';
import { CheckField, RadioField, SelectField } from '../../../ui/form/choice';
import { DurationField } from '../../../ui/form/duration-field';
import { TextField } from '../../../ui/form/field';
import { Form, UnsavedGuard } from '../../../ui/form/form';
import type { useForm } from '../../../ui/form/use-form';
import { OrganisationField } from '../../organisations/organisation-field';
import { PersonField } from '../../people/person-field';
import type { SystemDraft } from './system-fields';

const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
const HOSTINGS: Hosting[] = ['ON_PREMISES', 'CLOUD', 'HYBRID'];
const STAGES: Lifecycle[] = ['PLANNED', 'OPERATING'];
const levels = <L extends string>(...values: L[]) => values.map((value) => ({ value, label: value }));

type FormOf = ReturnType<typeof useForm<SystemDraft, unknown>>;

interface SystemFormProps {
  form: FormOf;
  /** A new system may leave the classification to the service; an existing one always has one. */
  isNew: boolean;
  submit: string;
  onSubmit: (event: FormEvent) => void;
  onCancel: () => void;
}

/** The fields of a system, for registering and for editing. */
export function SystemForm({ form, isNew, submit, onSubmit, onCancel }: SystemFormProps) {
  const { t } = useTranslation();
  const names = Object.keys(form.values) as (keyof SystemDraft)[];
  const labels = Object.fromEntries(names.map((name) => [name, t(`systemFields.${name}`)])) as Record<
    keyof SystemDraft,
    string
  >;
  const field = <K extends keyof SystemDraft>(name: K) => ({ ...form.bind(name), label: labels[name] });
  return (
    <div className="max-w-3xl">
      <UnsavedGuard isDirty={form.isDirty} />
      <Form {...form} labels={labels} onSubmit={onSubmit} submit={submit} onCancel={onCancel}>
        <Group title={t('systemForm.identity')}>
          <TextField {...field('name')} />
          <TextField {...field('nameEn')} />
          <TextField {...field('code')} hint={t('systemForm.codeHint')} />
          <OrganisationField {...field('organisationId')} inside />
          <PersonField {...field('ownerId')} />
          <PersonField {...field('deputyId')} />
        </Group>
        <Group title={t('systemForm.importance')}>
          {isNew ? (
            <RadioField
              {...field('tier')}
              options={TIERS.map((value) => ({ value, label: t(`domain:tier.${value}`) }))}
            />
          ) : (
            <p>{t('systemForm.tierByRequest')}</p>
          )}
          <RadioField
            {...field('lifecycle')}
            options={STAGES.map((value) => ({ value, label: t(`domain:lifecycle.${value}`) }))}
          />
          <div className="grid gap-6 sm:grid-cols-3">
            <SelectField
              {...field('confidentiality')}
              empty={isNew ? t('form.notSet') : null}
              options={levels('3', '2', '1')}
            />
            <SelectField {...field('integrity')} empty={isNew ? t('form.notSet') : null} options={levels('2', '1')} />
            <SelectField
              {...field('availability')}
              empty={isNew ? t('form.notSet') : null}
              options={levels('2', '1')}
            />
          </div>
        </Group>
        <Group title={t('systemForm.targets')}>
          <DurationField {...field('rto')} units={['hours', 'minutes', 'days']} />
          <DurationField {...field('rpo')} units={['hours', 'minutes', 'days']} />
          <DurationField {...field('mtd')} units={['hours', 'minutes', 'days']} />
        </Group>
        <Group title={t('systemForm.operation')}>
          <SelectField
            {...field('hosting')}
            empty={isNew ? t('form.notSet') : null}
            options={HOSTINGS.map((value) => ({ value, label: t(`domain:hosting.${value}`) }))}
          />
          <div className="grid">
            <CheckField
              name="publicFacing"
              value={form.values.publicFacing}
              onChange={(value) => form.set('publicFacing', value)}
            >
              {labels.publicFacing}
            </CheckField>
            <CheckField
              name="outsourced"
              value={form.values.outsourced}
              onChange={(value) => form.set('outsourced', value)}
            >
              {labels.outsourced}
            </CheckField>
          </div>
          <TextField {...field('supplier')} />
          <TextField {...field('sites')} rows={2} hint={t('systemForm.sitesHint')} />
          <TextField {...field('note')} rows={3} />
        </Group>
      </Form>
    </div>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-5 border-t border-line pt-4">
      <legend className="pe-3 text-[1.125rem] font-700">{title}</legend>
      {children}
    </fieldset>
  );
}
