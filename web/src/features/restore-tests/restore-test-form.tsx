import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { BackupRequirement, Outcome, RecordedRestoreTest } from '../../api/types';
import { RadioField, SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form, UnsavedGuard } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { refreshSystem } from '../systems/system-queries';
import { ChecksFields, useCheckLabels } from './checks-fields';
import { FilesField } from './files-field';
import { MeasuredTime } from './measured-time';
import { bodyOf, FIELDS, minutesOfTest, REQUIRED, type RestoreTestDraft } from './restore-test-draft';
import { type Refused, useSendFiles } from './send-files';

const OUTCOMES: Outcome[] = ['PASSED', 'PARTIAL', 'FAILED'];

interface RestoreTestFormProps {
  systemId: string;
  rtoMinutes: number | null;
  /** The requirements that it may be about. */
  backups: readonly BackupRequirement[];
  initial: RestoreTestDraft;
  onRecorded: (recorded: RecordedWithFiles) => void;
}

/** A test as it was recorded, and which of its files were not kept. */
export interface RecordedWithFiles {
  test: RecordedRestoreTest;
  refused: Refused[];
}

/** What was restored from which copy, how long it took, and what was looked at afterwards. */
export function RestoreTestForm({ systemId, rtoMinutes, backups, initial, onRecorded }: RestoreTestFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const sendFiles = useSendFiles();
  const [files, setFiles] = useState<File[]>([]);
  const form = useForm<RestoreTestDraft, RecordedWithFiles>({
    initial,
    required: () => [...REQUIRED],
    save: async (draft) => {
      const test = await api.post<RecordedRestoreTest>(`/systems/${systemId}/restore-tests`, bodyOf(draft));
      // The test is on record by now: a file that is refused is no reason to record it again.
      return { test, refused: await sendFiles(test.id, files) };
    },
    onSaved: (recorded) => {
      void refreshSystem(client);
      onRecorded(recorded);
    },
  });
  const { bind, values } = form;
  const labels: Record<string, string> = {
    ...Object.fromEntries(FIELDS.map((name) => [name, t(`restoreTest.fields.${name}`)])),
    ...useCheckLabels(values.checks),
  };
  const label = (name: keyof RestoreTestDraft) => labels[name] ?? name;
  const minutes = minutesOfTest(values);
  const about = backups.filter(({ id }) => !values.backupRequirementId || id === values.backupRequirementId);
  const places = about.flatMap(({ copies }) => copies.map(({ site, medium }) => t('backups.copyAt', { site, medium })));
  return (
    <Form
      {...form}
      labels={labels}
      onSubmit={form.submit}
      submit={t('restoreTest.submit')}
      onCancel={() => void navigate({ to: '/systems/$systemId', params: { systemId }, search: { tab: 'evidence' } })}
    >
      <UnsavedGuard isDirty={form.isDirty} />
      {backups.length > 0 && (
        <SelectField
          {...bind('backupRequirementId')}
          label={label('backupRequirementId')}
          empty={t('restoreTest.noRequirement')}
          options={backups.map(({ id, dataset }) => ({ value: id, label: dataset }))}
        />
      )}
      <TextField {...bind('restored')} label={label('restored')} hint={t('restoreTest.restoredHint')} />
      <TextField
        {...bind('fromCopy')}
        label={label('fromCopy')}
        hint={t('restoreTest.fromCopyHint')}
        suggestions={[...new Set(places)].map((place) => ({ value: place, label: place }))}
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField {...bind('startedAt')} label={label('startedAt')} type="datetime-local" />
        <TextField {...bind('finishedAt')} label={label('finishedAt')} type="datetime-local" />
      </div>
      <p role="status" className="flex flex-wrap items-center gap-2">
        <span className="font-700">{t('restoreTest.measured')}</span>
        {minutes === null ? (
          <span className="text-soft">{t('restoreTest.notMeasured')}</span>
        ) : (
          <MeasuredTime minutes={minutes} rtoMinutes={rtoMinutes} />
        )}
        {minutes !== null && rtoMinutes !== null && minutes > rtoMinutes && (
          <span className="text-error">{t('restoreTest.tooLong')}</span>
        )}
      </p>
      <TextField
        {...bind('recoveryPointAt')}
        label={label('recoveryPointAt')}
        hint={t('restoreTest.recoveryPointHint')}
        type="datetime-local"
      />
      <ChecksFields
        checks={values.checks}
        onChange={(checks, part) => form.set('checks', checks, part)}
        errorOf={form.errorOf}
      />
      <RadioField
        {...bind('outcome')}
        label={label('outcome')}
        onChange={(outcome) => form.set('outcome', outcome)}
        options={OUTCOMES.map((value) => ({ value, label: t(`domain:outcome.${value}`) }))}
      />
      <TextField {...bind('note')} label={label('note')} rows={3} />
      <TextField {...bind('link')} label={label('link')} type="url" hint={t('evidence.linkHint')} />
      <FilesField onChoose={setFiles} />
    </Form>
  );
}
