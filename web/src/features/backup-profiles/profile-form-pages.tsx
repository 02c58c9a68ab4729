import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, type Tagged } from '../../api/client';
import type { BackupProfile, ProfileEffect } from '../../api/types';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Loaded, ProblemNotice } from '../../ui/feedback';
import { useForm } from '../../ui/form/use-form';
import { Merging, useReadVersion } from '../../ui/merge/merging';
import { PageHeader } from '../../ui/page';
import { announce } from '../../ui/toast';
import { emptyTerms, REQUIRED_TERMS, termsBodyOf, termsDraftOf } from '../backups/writing/backup-draft';
import { COPY_KEYS, useTermsWords } from '../backups/writing/terms-fields';
import { refreshSystem } from '../systems/system-queries';
import { ChangeList } from './change-list';
import { EffectList } from './effect-list';
import { type ProfileDraft, ProfileForm } from './profile-form';
import { profileQuery } from './profile-queries';

const editRoute = getRouteApi('/shell/backup-profiles/$profileId/edit');

function useCrumbs(profile?: BackupProfile) {
  const { t } = useTranslation();
  const list = (
    <Link key="profiles" to="/backup-profiles" className="text-link">
      {t('backupProfiles.title')}
    </Link>
  );
  if (!profile) return [list];
  return [
    list,
    <Link key="profile" to="/backup-profiles/$profileId" params={{ profileId: profile.id }} className="text-link">
      {profile.name}
    </Link>,
  ];
}

export function NewProfilePage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<ProfileDraft, unknown>({
    initial: { name: '', organisationId: '', ...emptyTerms() },
    required: () => ['name', 'organisationId', ...REQUIRED_TERMS],
    save: (draft) =>
      api.post<BackupProfile>('/backup-profiles', {
        ...{ name: draft.name, organisationId: draft.organisationId },
        ...termsBodyOf(draft),
      }),
    onSaved: (profile) => {
      announce(t('backupProfiles.made'));
      void refreshSystem(client);
      void navigate({ to: '/backup-profiles/$profileId', params: { profileId: (profile as BackupProfile).id } });
    },
  });
  return (
    <>
      <PageHeader title={t('backupProfiles.make')} crumbs={useCrumbs()} />
      <ProfileForm
        form={form}
        isNew
        submit={t('backupProfiles.makeSubmit')}
        onSubmit={form.submit}
        onCancel={() => void navigate({ to: '/backup-profiles' })}
      />
    </>
  );
}

export function EditProfilePage() {
  const { t } = useTranslation();
  const { profileId } = editRoute.useParams();
  const profile = useQuery({ ...profileQuery(profileId), staleTime: 0, refetchOnWindowFocus: false });
  return (
    <>
      <PageHeader title={t('backupProfiles.change')} crumbs={useCrumbs(profile.data?.value)} />
      <Loaded query={profile}>
        {(tagged) => <EditForm key={tagged.etag} tagged={tagged} onReload={() => void profile.refetch()} />}
      </Loaded>
    </>
  );
}

/** The form leads to what the change does; only from there it is saved. */
function EditForm({ tagged, onReload }: { tagged: Tagged<BackupProfile>; onReload: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, organisation } = tagged.value;
  const path = `/backup-profiles/${id}`;
  const [effect, setEffect] = useState<ProfileEffect | null>(null);
  const leave = () => void navigate({ to: '/backup-profiles/$profileId', params: { profileId: id } });
  const bodyOf = (draft: ProfileDraft) => ({ name: draft.name, ...termsBodyOf(draft) });
  const draftOf = (profile: BackupProfile): ProfileDraft => ({
    ...{ name: profile.name, organisationId: organisation.id },
    ...termsDraftOf(profile),
  });
  const initial = draftOf(tagged.value);
  const read = useReadVersion(initial, tagged.etag);
  const words = useTermsWords();
  const form = useForm<ProfileDraft, unknown>({
    initial,
    required: () => ['name', ...REQUIRED_TERMS],
    save: (draft) => api.post<ProfileEffect>(`${path}/preview`, bodyOf(draft)),
    onSaved: (told) => setEffect(told as ProfileEffect),
    previews: true,
  });
  const applying = useForm<ProfileDraft, unknown>({
    initial,
    save: (draft) => api.patch(path, bodyOf(draft), read.current.etag),
    onSaved: () => {
      announce(t('backupProfiles.changed'));
      form.markSaved();
      void refreshSystem(client);
      leave();
    },
  });
  const newest = async () => {
    const { value, etag } = await api.getTagged<BackupProfile>(path);
    return { values: draftOf(value), etag };
  };
  // What comes out of two versions has not been previewed: it is, before it is saved.
  const merging = {
    ...{ values: form.values, stale: applying.stale },
    dismissStale: () => {
      setEffect(null);
      applying.dismissStale();
    },
    resubmit: (draft: ProfileDraft) => {
      setEffect(null);
      applying.dismissStale();
      form.resubmit(draft);
    },
  };
  return (
    <>
      <ProfileForm
        form={form}
        isNew={false}
        submit={t('backupProfiles.preview')}
        onSubmit={form.submit}
        onCancel={leave}
      />
      {effect && !applying.stale && (
        <Dialog title={t('backupProfiles.previewTitle')} onClose={() => setEffect(null)}>
          <p className="mb-4">
            {t(effect.changes.length > 0 ? 'backupProfiles.previewText' : 'backupProfiles.noChange')}
          </p>
          <ChangeList changes={effect.changes} />
          <EffectList effect={effect} />
          {applying.errors[0] && <ProblemNotice error={new Error(applying.errors[0].message)} />}
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <Button onPress={() => setEffect(null)}>{t('backupProfiles.back')}</Button>
            {effect.changes.length > 0 && (
              <Button look="primary" isPending={applying.pending} onPress={() => applying.resubmit(form.values)}>
                {t('backupProfiles.apply')}
              </Button>
            )}
          </div>
        </Dialog>
      )}
      <Merging
        {...{ read, newest, onReload }}
        {...words}
        form={merging}
        labels={{ name: t('backupProfiles.name'), ...words.labels }}
        keys={COPY_KEYS}
      />
    </>
  );
}
