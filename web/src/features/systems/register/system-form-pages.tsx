import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, type Tagged } from '../../../api/client';
import type { HistoryEvent, Page, System } from '../../../api/types';
import { Loaded } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { useForm } from '../../../ui/form/use-form';
import { Merging, useReadVersion } from '../../../ui/merge/merging';
import { PageHeader } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { changedFields, draftOf, EMPTY_DRAFT, newSystemBody, type SystemDraft } from './system-fields';
import { SystemForm } from './system-form';
import { useSystemWords } from './system-words';
import { refreshSystem, systemQuery } from '../system-queries';

const REQUIRED: (keyof SystemDraft)[] = ['name', 'code', 'organisationId', 'tier', 'lifecycle'];

export function NewSystemPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<SystemDraft, unknown>({
    initial: EMPTY_DRAFT,
    required: () => REQUIRED,
    save: (draft) => api.post<System>('/systems', newSystemBody(draft)),
    onSaved: (saved) => {
      const system = saved as System;
      void refreshSystem(client);
      announce(t('systems.registered', { name: format.name(system) }));
      void navigate({ to: '/systems/$systemId', params: { systemId: system.id } });
    },
  });
  return (
    <>
      <PageHeader title={t('systems.register')} crumbs={[<SystemsCrumb key="systems" />]} />
      <SystemForm
        form={form}
        isNew
        submit={t('systems.registerSubmit')}
        onSubmit={form.submit}
        onCancel={() => void navigate({ to: '/systems' })}
      />
    </>
  );
}

function SystemsCrumb() {
  const { t } = useTranslation();
  return (
    <Link to="/systems" className="text-link">
      {t('systems.title')}
    </Link>
  );
}

const editRoute = getRouteApi('/shell/systems/$systemId/edit');

export function EditSystemPage() {
  const { t } = useTranslation();
  const { systemId } = editRoute.useParams();
  const system = useQuery({ ...systemQuery(systemId), staleTime: 0, refetchOnWindowFocus: false });
  return (
    <>
      <PageHeader
        title={t('systems.edit')}
        crumbs={[<SystemsCrumb key="systems" />, <SystemCrumb key="system" systemId={systemId} />]}
      />
      <Loaded query={system}>
        {(tagged) => <EditForm key={tagged.etag} tagged={tagged} onReload={() => void system.refetch()} />}
      </Loaded>
    </>
  );
}

function SystemCrumb({ systemId }: { systemId: string }) {
  const format = useFormat();
  const system = useQuery(systemQuery(systemId)).data?.value;
  return (
    <Link to="/systems/$systemId" params={{ systemId }} className="text-link">
      {system ? format.name(system) : '…'}
    </Link>
  );
}

function EditForm({ tagged, onReload }: { tagged: Tagged<System>; onReload: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, name } = tagged.value;
  const read = useReadVersion(draftOf(tagged.value), tagged.etag);
  const words = useSystemWords(read.current.values);
  const form = useForm<SystemDraft, unknown>({
    initial: draftOf(tagged.value),
    required: () => REQUIRED,
    save: (draft) => api.patch<System>(`/systems/${id}`, changedFields(read.current.values, draft), read.current.etag),
    onSaved: () => {
      void refreshSystem(client);
      announce(t('systems.saved', { name }));
      void navigate({ to: '/systems/$systemId', params: { systemId: id }, search: { tab: 'details' } });
    },
  });
  const newest = async () => {
    const last = await api.get<Page<HistoryEvent>>(`/systems/${id}/history`, { recordId: id, limit: 1 });
    const { value, etag } = await api.getTagged<System>(`/systems/${id}`);
    return { values: draftOf(value), etag, last: last.items[0] };
  };
  return (
    <>
      <SystemForm
        form={form}
        isNew={false}
        submit={t('action.save')}
        onSubmit={form.submit}
        onCancel={() => void navigate({ to: '/systems/$systemId', params: { systemId: id } })}
      />
      <Merging form={form} read={read} newest={newest} onReload={onReload} {...words} />
    </>
  );
}
