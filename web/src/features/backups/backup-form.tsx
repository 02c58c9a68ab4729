import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupRequirementFields } from '../../api/types';
import { Button } from '../../ui/button';
import { CheckField } from '../../ui/form/choice';
import { DurationField } from '../../ui/form/duration-field';
import { TextField } from '../../ui/form/field';
import { Form, UnsavedGuard } from '../../ui/form/form';
import type { useForm } from '../../ui/form/use-form';

type BackupCopy = BackupRequirementFields['copies'][number];

const COPY_TEXTS = ['site', 'medium', 'account'] as const;
const PROTECTIONS = ['offsite', 'offline', 'immutable', 'encrypted'] as const;

export const emptyCopy = (): BackupCopy => ({
  site: '',
  medium: '',
  offsite: false,
  offline: false,
  immutable: false,
  encrypted: false,
  account: null,
});

interface BackupFormProps {
  form: ReturnType<typeof useForm<BackupRequirementFields, unknown>>;
  onSubmit: (event: FormEvent) => void;
  onCancel: () => void;
}

/** What must be saved, how often, kept how long, in which copies. */
export function BackupForm({ form, onSubmit, onCancel }: BackupFormProps) {
  const { t } = useTranslation();
  const { copies } = form.values;
  const names = ['dataset', 'method', 'interval', 'rpo', 'retention', 'copies'] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`backupFields.${name}`)])) as Record<
    (typeof names)[number],
    string
  >;
  const copyLabels = Object.fromEntries(
    copies.flatMap((_, index) =>
      COPY_TEXTS.map((field) => [
        `copies.${index}.${field}`,
        t('backups.copyField', { number: index + 1, field: t(`backups.copy.${field}`) }),
      ]),
    ),
  );
  const change = (index: number, part: Partial<BackupCopy>) =>
    form.set(
      'copies',
      copies.map((copy, at) => (at === index ? { ...copy, ...part } : copy)),
    );
  return (
    <div className="max-w-3xl">
      <UnsavedGuard isDirty={form.isDirty} />
      <Form
        {...form}
        labels={{ ...labels, ...copyLabels }}
        onSubmit={onSubmit}
        submit={t('backups.saveDraft')}
        onCancel={onCancel}
      >
        <TextField {...form.bind('dataset')} label={labels.dataset} hint={t('backups.datasetHint')} />
        <TextField {...form.bind('method')} label={labels.method} hint={t('backups.methodHint')} />
        <DurationField
          {...form.bind('interval')}
          label={labels.interval}
          units={['hours', 'minutes', 'days']}
          hint={t('backups.intervalHint')}
        />
        <DurationField {...form.bind('rpo')} label={labels.rpo} units={['hours', 'minutes', 'days']} />
        <DurationField {...form.bind('retention')} label={labels.retention} units={['days', 'months', 'years']} />
        <section className="grid gap-4">
          <h2>{labels.copies}</h2>
          {copies.map((copy, index) => (
            <fieldset key={index} className="card grid min-w-0 gap-3 sm:grid-cols-2">
              <legend className="px-1 font-700">{t('backups.copyNumber', { number: index + 1 })}</legend>
              {COPY_TEXTS.map((field) => (
                <TextField
                  key={field}
                  name={`copies.${index}.${field}`}
                  label={t(`backups.copy.${field}`)}
                  isRequired={field !== 'account'}
                  value={copy[field] ?? ''}
                  error={form.errorOf(`copies.${index}.${field}`)}
                  onChange={(value) => change(index, { [field]: field === 'account' ? value || null : value })}
                />
              ))}
              <div className="flex flex-wrap gap-x-5 sm:col-span-2">
                {PROTECTIONS.map((name) => (
                  <CheckField key={name} value={copy[name] ?? false} onChange={(on) => change(index, { [name]: on })}>
                    {t(`backups.protection.${name}`)}
                  </CheckField>
                ))}
              </div>
              {copies.length > 1 && (
                <div className="sm:col-span-2">
                  <Button
                    look="danger"
                    onPress={() =>
                      form.set(
                        'copies',
                        copies.filter((_, at) => at !== index),
                      )
                    }
                  >
                    {t('backups.removeCopy', { number: index + 1 })}
                  </Button>
                </div>
              )}
            </fieldset>
          ))}
          <div>
            <Button icon="plus" onPress={() => form.set('copies', [...copies, emptyCopy()])}>
              {t('backups.addCopy')}
            </Button>
          </div>
        </section>
      </Form>
    </div>
  );
}
