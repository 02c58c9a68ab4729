import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/form/field';
import { Form, UnsavedGuard } from '../../ui/form/form';
import type { useForm } from '../../ui/form/use-form';
import type { TermsDraft } from '../backups/writing/backup-draft';
import { TermsFields, useTermsLabels } from '../backups/writing/terms-fields';
import { OrganisationField } from '../organisations/organisation-field';

export interface ProfileDraft extends TermsDraft {
  name: string;
  organisationId: string;
}

interface ProfileFormProps {
  form: ReturnType<typeof useForm<ProfileDraft, unknown>>;
  /** Where a profile belongs is chosen once. */
  isNew: boolean;
  submit: string;
  onSubmit: (event: FormEvent) => void;
  onCancel: () => void;
  children?: ReactNode;
}

/** The name of a profile and its terms. */
export function ProfileForm({ form, isNew, submit, onSubmit, onCancel, children }: ProfileFormProps) {
  const { t } = useTranslation();
  const labels = {
    name: t('backupProfiles.name'),
    organisationId: t('backupProfiles.organisation'),
    ...useTermsLabels(form.values),
  };
  return (
    <div className="max-w-3xl">
      <UnsavedGuard isDirty={form.isDirty} />
      <Form {...form} labels={labels} onSubmit={onSubmit} submit={submit} onCancel={onCancel}>
        <TextField {...form.bind('name')} label={labels.name} hint={t('backupProfiles.nameHint')} />
        {isNew && (
          <OrganisationField
            {...form.bind('organisationId')}
            inside
            label={labels.organisationId}
            hint={t('backupProfiles.organisationHint')}
          />
        )}
        <TermsFields
          draft={form.values}
          bind={form.bind}
          setCopies={(copies) => form.set('copies', copies)}
          errorOf={form.errorOf}
        />
        {children}
      </Form>
    </div>
  );
}
