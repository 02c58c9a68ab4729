import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, type Tagged } from '../../../api/client';
import type { BackupProfile, BackupRequirement, BackupRequirementFields, HistoryEvent, Page } from '../../../api/types';
import { Loaded, Notice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { useForm } from '../../../ui/form/use-form';
import { Merging, useReadVersion } from '../../../ui/merge/merging';
import { PageHeader } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { refreshSystem, systemQuery } from '../../systems/system-queries';
import {
  type BackupDraft,
  backupDraftOf,
  emptyTerms,
  REQUIRED_TERMS,
  termsBodyOf,
  type TermsDraft,
  termsDraftOf,
} from './backup-draft';
import { BackupForm } from './backup-form';
import { backupQuery } from '../backup-queries';
import { ProfileChoice } from './profile-choice';
import { COPY_KEYS, useTermsWords } from './terms-fields';

const newRoute = getRouteApi('/shell/systems/$systemId/backups/new');
const editRoute = getRouteApi('/shell/systems/$systemId/backups/$requirementId/edit');

const NEW: BackupDraft = { dataset: '', ...emptyTerms() };

const bodyOf = (draft: BackupDraft): BackupRequirementFields => ({ dataset: draft.dataset, ...termsBodyOf(draft) });

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
  initial: BackupDraft,
  save: (body: BackupRequirementFields) => Promise<unknown>,
) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/systems/$systemId', params: { systemId }, search: { tab: 'backups' } });
  const form = useForm<BackupDraft, unknown>({
    initial,
    required: () => ['dataset', ...REQUIRED_TERMS],
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
  const [profile, setProfile] = useState<BackupProfile | null>(null);
  const { form, leave } = useBackupForm(systemId, NEW, (body) =>
    api.post(`/systems/${systemId}/backup-requirements`, { ...body, ...(profile && { backupProfileId: profile.id }) }),
  );
  const choose = (chosen: BackupProfile | null) => {
    setProfile(chosen);
    if (!chosen) return;
    const terms = termsDraftOf(chosen);
    for (const name of Object.keys(terms) as (keyof TermsDraft)[]) form.set(name, terms[name]);
  };
  return (
    <>
      <PageHeader title={t('backups.declare')} crumbs={useCrumbs(systemId)} />
      <ProfileChoice systemId={systemId} chosen={profile} onChoose={choose} />
      <BackupForm systemId={systemId} form={form} onSubmit={form.submit} onCancel={leave} />
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
  const { t } = useTranslation();
  const path = `/backup-requirements/${tagged.value.id}`;
  const read = useReadVersion(backupDraftOf(tagged.value), tagged.etag);
  const words = useTermsWords();
  const labels = { dataset: t('backupFields.dataset'), ...words.labels };
  const { form, leave } = useBackupForm(systemId, read.current.values, (body) =>
    api.patch(path, body, read.current.etag),
  );
  const newest = async () => {
    const recordId = tagged.value.id;
    const last = await api.get<Page<HistoryEvent>>(`/systems/${systemId}/history`, { recordId, limit: 1 });
    const { value, etag } = await api.getTagged<BackupRequirement>(path);
    return { values: backupDraftOf(value), etag, last: last.items[0] };
  };
  return (
    <>
      {tagged.value.profile?.follows && (
        <div className="mb-6 max-w-3xl">
          <Notice title={t('backups.willDetach', { name: tagged.value.profile.name })} />
        </div>
      )}
      <BackupForm systemId={systemId} form={form} onSubmit={form.submit} onCancel={leave} />
      <Merging {...{ form, read, newest, onReload }} {...words} labels={labels} keys={COPY_KEYS} />
    </>
  );
}
