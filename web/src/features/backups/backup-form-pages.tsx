import { useRef } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, type Tagged } from '../../api/client';
import type { BackupRequirement, BackupRequirementFields } from '../../api/types';
import { Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { durationOrNull } from '../../ui/form/duration-field';
import { StaleDialog } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { PageHeader } from '../../ui/page';
import { announce } from '../../ui/toast';
import { refreshSystem, systemQuery } from '../systems/system-queries';
import { BackupForm, emptyCopy } from './backup-form';
import { backupQuery } from './backup-queries';

const newRoute = getRouteApi('/shell/systems/$systemId/backups/new');
const editRoute = getRouteApi('/shell/systems/$systemId/backups/$requirementId/edit');

const NEW: BackupRequirementFields = {
  dataset: '',
  method: '',
  interval: '',
  retention: '',
  rpo: '',
  copies: [emptyCopy()],
};
const REQUIRED: (keyof BackupRequirementFields)[] = ['dataset', 'method', 'interval', 'rpo', 'retention'];

const bodyOf = (draft: BackupRequirementFields): BackupRequirementFields => ({
  ...draft,
  interval: durationOrNull(draft.interval) ?? '',
  rpo: durationOrNull(draft.rpo) ?? '',
  retention: durationOrNull(draft.retention) ?? '',
});

const fieldsOf = ({
  dataset,
  method,
  interval,
  retention,
  rpo,
  copies,
}: BackupRequirement): BackupRequirementFields => ({
  dataset,
  method,
  interval,
  retention,
  rpo,
  copies,
});

function useCrumbs(systemId: string) {
  const { t } = useTranslation();
  const format = useFormat();
  const system = useQuery(systemQuery(systemId)).data?.value;
  return [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
    <Link key="system" to="/systems/$systemId" params={{ systemId }} search={{ tab: 'backups' }} className="text-link">
      {system ? format.name(system) : '…'}
    </Link>,
  ];
}

function useBackupForm(
  systemId: string,
  initial: BackupRequirementFields,
  save: (draft: BackupRequirementFields) => Promise<unknown>,
) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/systems/$systemId', params: { systemId }, search: { tab: 'backups' } });
  const form = useForm<BackupRequirementFields, unknown>({
    initial,
    required: () => REQUIRED,
    save: (draft) => save(bodyOf(draft)),
    onSaved: () => {
      announce(t('backups.saved'));
      void refreshSystem(client);
      leave();
    },
  });
  return { form, leave };
}

export function NewBackupPage() {
  const { t } = useTranslation();
  const { systemId } = newRoute.useParams();
  const { form, leave } = useBackupForm(systemId, NEW, (body) =>
    api.post(`/systems/${systemId}/backup-requirements`, body),
  );
  return (
    <>
      <PageHeader title={t('backups.declare')} crumbs={useCrumbs(systemId)} />
      <BackupForm form={form} onSubmit={form.submit} onCancel={leave} />
    </>
  );
}

export function EditBackupPage() {
  const { t } = useTranslation();
  const { systemId, requirementId } = editRoute.useParams();
  const requirement = useQuery({ ...backupQuery(requirementId), staleTime: 0, refetchOnWindowFocus: false });
  return (
    <>
      <PageHeader title={t('backups.amend')} crumbs={useCrumbs(systemId)} />
      <Loaded query={requirement}>
        {(tagged) => (
          <EditForm key={tagged.etag} systemId={systemId} tagged={tagged} onReload={() => void requirement.refetch()} />
        )}
      </Loaded>
    </>
  );
}

interface EditFormProps {
  systemId: string;
  tagged: Tagged<BackupRequirement>;
  onReload: () => void;
}

function EditForm({ systemId, tagged, onReload }: EditFormProps) {
  const path = `/backup-requirements/${tagged.value.id}`;
  const etag = useRef(tagged.etag);
  const { form, leave } = useBackupForm(systemId, fieldsOf(tagged.value), (body) =>
    api.patch(path, body, etag.current),
  );
  const overwrite = async () => {
    etag.current = (await api.getTagged<BackupRequirement>(path)).etag;
    form.dismissStale();
    form.submit();
  };
  return (
    <>
      <BackupForm form={form} onSubmit={form.submit} onCancel={leave} />
      {form.stale && (
        <StaleDialog onReload={onReload} onOverwrite={() => void overwrite()} onCancel={form.dismissStale} />
      )}
    </>
  );
}
