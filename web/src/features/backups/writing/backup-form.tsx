import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../../ui/form/field';
import { Form, UnsavedGuard } from '../../../ui/form/form';
import type { useForm } from '../../../ui/form/use-form';
import type { BackupDraft } from './backup-draft';
import { LiveFindings } from '../backup-findings';
import { TermsFields, useTermsLabels } from './terms-fields';

interface BackupFormProps {
  systemId: string;
  form: ReturnType<typeof useForm<BackupDraft, unknown>>;
  onSubmit: (event: FormEvent) => void;
  onCancel: () => void;
}

/** What must be saved, how often, kept how long, in which copies, and what the policy says of it. */
export function BackupForm({ systemId, form, onSubmit, onCancel }: BackupFormProps) {
  const { t } = useTranslation();
  const labels = { dataset: t('backupFields.dataset'), ...useTermsLabels(form.values) };
  return (
    <div className="max-w-3xl">
      <UnsavedGuard isDirty={form.isDirty} />
      <Form {...form} labels={labels} onSubmit={onSubmit} submit={t('backups.saveDraft')} onCancel={onCancel}>
        <TextField {...form.bind('dataset')} label={labels.dataset} hint={t('backups.datasetHint')} />
        <TermsFields
          draft={form.values}
          bind={form.bind}
          setCopies={(copies) => form.set('copies', copies)}
          errorOf={form.errorOf}
        />
        <LiveFindings systemId={systemId} draft={form.values} />
      </Form>
    </div>
  );
}
