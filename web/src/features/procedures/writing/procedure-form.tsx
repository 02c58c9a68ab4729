import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button';
import { CheckField } from '../../../ui/form/choice';
import { TextField } from '../../../ui/form/field';
import { Form, UnsavedGuard } from '../../../ui/form/form';
import type { useForm } from '../../../ui/form/use-form';
import { PassagesDialog } from './passages-dialog';
import {
  emptyContact,
  emptyStep,
  withPassages,
  type ContactDraft,
  type ProcedureDraft,
  type StepDraft,
} from './procedure-draft';

type FormOf = ReturnType<typeof useForm<ProcedureDraft, { id: string }>>;

const STEP_TEXTS = ['title', 'role', 'location', 'plannedMinutes', 'instructions'] as const;
const CONTACT_TEXTS = ['name', 'role', 'phone', 'email', 'confirmedOn'] as const;

interface ProcedureFormProps {
  form: FormOf;
  titled: boolean;
  submit: string;
  onSubmit: (event: FormEvent) => void;
  onCancel: () => void;
}

/** The text, the ordered steps and the contacts of a procedure. */
export function ProcedureForm({ form, titled, submit, onSubmit, onCancel }: ProcedureFormProps) {
  const { t } = useTranslation();
  const { steps, contacts, markdown } = form.values;
  const [isReading, setReading] = useState(false);
  const labels: Record<string, string> = {
    title: t('procedures.title'),
    markdown: t('procedures.text'),
    launchCriteria: t('procedures.launchCriteria'),
    launchedBy: t('procedures.launchedBy'),
    steps: t('procedures.steps'),
    contacts: t('procedures.contacts'),
    ...Object.fromEntries(
      steps.flatMap((_, index) =>
        STEP_TEXTS.map((field) => [
          `steps.${index}.${field}`,
          t('procedures.partField', {
            part: t('procedures.stepNumber', { number: index + 1 }),
            field: t(`procedures.stepField.${field}`),
          }),
        ]),
      ),
    ),
    ...Object.fromEntries(
      contacts.flatMap((_, index) =>
        CONTACT_TEXTS.map((field) => [
          `contacts.${index}.${field}`,
          t('procedures.partField', {
            part: t('procedures.contactNumber', { number: index + 1 }),
            field: t(`procedures.contact.${field}`),
          }),
        ]),
      ),
    ),
  };
  const changeStep = (index: number, change: Partial<StepDraft>) =>
    form.set(
      'steps',
      steps.map((step, at) => (at === index ? { ...step, ...change } : step)),
    );
  const removeStep = (gone: StepDraft) =>
    form.set(
      'steps',
      steps
        .filter((step) => step !== gone)
        .map((step) => ({ ...step, dependsOn: step.dependsOn.filter((key) => key !== gone.key) })),
    );
  const changeContact = (index: number, change: Partial<ContactDraft>) =>
    form.set(
      'contacts',
      contacts.map((contact, at) => (at === index ? { ...contact, ...change } : contact)),
    );
  return (
    <div className="max-w-4xl">
      <UnsavedGuard isDirty={form.isDirty} />
      <Form {...form} labels={labels} onSubmit={onSubmit} submit={submit} onCancel={onCancel}>
        {titled && <TextField {...form.bind('title')} label={labels.title ?? ''} />}
        <TextField {...form.bind('markdown')} label={labels.markdown ?? ''} rows={8} hint={t('procedures.textHint')} />
        <div>
          <Button isDisabled={!markdown.trim()} onPress={() => setReading(true)}>
            {t('procedures.readSteps')}
          </Button>
        </div>
        <TextField {...form.bind('launchCriteria')} label={labels.launchCriteria ?? ''} rows={2} />
        <TextField {...form.bind('launchedBy')} label={labels.launchedBy ?? ''} />
        <section className="grid gap-4">
          <h2>{labels.steps}</h2>
          {steps.map((step, index) => (
            <StepFields
              key={step.key}
              number={index + 1}
              step={step}
              earlier={steps.slice(0, index)}
              errorOf={(field) => form.errorOf(`steps.${index}.${field}`)}
              onChange={(change) => changeStep(index, change)}
              onRemove={steps.length > 1 ? () => removeStep(step) : undefined}
            />
          ))}
          <div>
            <Button icon="plus" onPress={() => form.set('steps', [...steps, emptyStep(steps)])}>
              {t('procedures.addStep')}
            </Button>
          </div>
        </section>
        <section className="grid gap-4">
          <h2>{labels.contacts}</h2>
          {contacts.map((contact, index) => (
            <fieldset key={index} className="card grid min-w-0 gap-3 sm:grid-cols-2">
              <legend className="px-1 font-700">{t('procedures.contactNumber', { number: index + 1 })}</legend>
              {CONTACT_TEXTS.map((field) => (
                <TextField
                  key={field}
                  name={`contacts.${index}.${field}`}
                  label={t(`procedures.contact.${field}`)}
                  type={field === 'confirmedOn' ? 'date' : 'text'}
                  value={contact[field]}
                  error={form.errorOf(`contacts.${index}.${field}`)}
                  onChange={(value) => changeContact(index, { [field]: value })}
                />
              ))}
            </fieldset>
          ))}
          <div>
            <Button icon="plus" onPress={() => form.set('contacts', [...contacts, emptyContact()])}>
              {t('procedures.addContact')}
            </Button>
          </div>
        </section>
      </Form>
      {isReading && (
        <PassagesDialog
          markdown={markdown}
          onClose={() => setReading(false)}
          onTake={(passages) => {
            form.set('steps', withPassages(steps, passages));
            setReading(false);
          }}
        />
      )}
    </div>
  );
}

interface StepFieldsProps {
  number: number;
  step: StepDraft;
  earlier: StepDraft[];
  errorOf: (field: keyof StepDraft) => string | undefined;
  onChange: (change: Partial<StepDraft>) => void;
  onRemove: (() => void) | undefined;
}

function StepFields({ number, step, earlier, errorOf, onChange, onRemove }: StepFieldsProps) {
  const { t } = useTranslation();
  const text = (field: (typeof STEP_TEXTS)[number]) => ({
    name: `steps.${number - 1}.${field}`,
    label: t(`procedures.stepField.${field}`),
    value: step[field],
    error: errorOf(field),
    onChange: (value: string) => onChange({ [field]: value }),
  });
  return (
    <fieldset className="card grid min-w-0 gap-3 sm:grid-cols-2">
      <legend className="px-1 font-700">{t('procedures.stepNumber', { number })}</legend>
      <TextField {...text('title')} isRequired />
      <TextField {...text('role')} />
      <TextField {...text('location')} />
      <TextField {...text('plannedMinutes')} type="number" inputMode="numeric" />
      <div className="sm:col-span-2">
        <TextField {...text('instructions')} rows={3} />
      </div>
      {earlier.length > 0 && (
        <fieldset className="min-w-0 sm:col-span-2">
          <legend className="font-700">{t('procedures.dependsOn')}</legend>
          <div className="flex flex-wrap gap-x-4">
            {earlier.map(({ key, title }, index) => (
              <CheckField
                key={key}
                value={step.dependsOn.includes(key)}
                onChange={(on) =>
                  onChange({ dependsOn: on ? [...step.dependsOn, key] : step.dependsOn.filter((each) => each !== key) })
                }
              >
                {index + 1}. {title || t('procedures.untitledStep')}
              </CheckField>
            ))}
          </div>
        </fieldset>
      )}
      {onRemove && (
        <div className="sm:col-span-2">
          <Button look="danger" onPress={onRemove}>
            {t('procedures.removeStep', { number })}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
