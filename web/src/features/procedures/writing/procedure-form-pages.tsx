import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { HistoryEvent, Page, ProcedureSummary, ProcedureVersion } from '../../../api/types';
import { Loaded } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { useForm } from '../../../ui/form/use-form';
import { Merging, useReadVersion } from '../../../ui/merge/merging';
import { PageHeader } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { refreshSystem, systemQuery } from '../../systems/system-queries';
import { contentOf, draftOf, newProcedure, type ProcedureDraft } from './procedure-draft';
import { ProcedureForm } from './procedure-form';
import { fitted, joined, ROW_KEYS, useProcedureWords } from './procedure-merge';
import { proceduresQuery, procedureVersionQuery } from '../procedure-queries';

const newRoute = getRouteApi('/shell/systems/$systemId/procedures/new');
const editRoute = getRouteApi('/shell/systems/$systemId/procedures/$versionId/edit');

function useCrumbs(systemId: string) {
  const { t } = useTranslation();
  const format = useFormat();
  const system = useQuery(systemQuery(systemId)).data?.value;
  return [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
    <Link
      key="system"
      to="/systems/$systemId"
      params={{ systemId }}
      search={{ tab: 'procedures' }}
      className="text-link"
    >
      {system ? format.name(system) : '…'}
    </Link>,
  ];
}

function useProcedureForm(
  systemId: string,
  initial: ProcedureDraft,
  save: (draft: ProcedureDraft) => Promise<{ id: string }>,
) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useForm<ProcedureDraft, { id: string }>({
    initial,
    required: () => ['title'],
    save,
    onSaved: ({ id }) => {
      announce(t('procedures.saved'));
      void refreshSystem(client);
      void navigate({ to: '/systems/$systemId/procedures/$versionId', params: { systemId, versionId: id } });
    },
  });
}

/** The version that creating a procedure made; the answer names it as its draft. */
function firstVersion(created: ProcedureSummary | ProcedureVersion): { id: string } {
  return 'draft' in created && created.draft ? { id: created.draft.versionId } : { id: created.id };
}

export function NewProcedurePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { systemId } = newRoute.useParams();
  const form = useProcedureForm(systemId, newProcedure(), async (draft) =>
    firstVersion(await api.post(`/systems/${systemId}/procedures`, { title: draft.title, ...contentOf(draft) })),
  );
  return (
    <>
      <PageHeader title={t('procedures.write')} crumbs={useCrumbs(systemId)} />
      <ProcedureForm
        form={form}
        titled
        submit={t('procedures.saveDraft')}
        onSubmit={form.submit}
        onCancel={() =>
          void navigate({ to: '/systems/$systemId', params: { systemId }, search: { tab: 'procedures' } })
        }
      />
    </>
  );
}

export function NewProcedureVersionPage() {
  const { t } = useTranslation();
  const { systemId, versionId } = editRoute.useParams();
  const version = useQuery({ ...procedureVersionQuery(versionId), refetchOnWindowFocus: false });
  return (
    <>
      <PageHeader title={t('procedures.revise')} crumbs={useCrumbs(systemId)} />
      <Loaded query={version}>{(data) => <VersionForm key={data.id} systemId={systemId} version={data} />}</Loaded>
    </>
  );
}

function VersionForm({ systemId, version }: { systemId: string; version: ProcedureVersion }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const words = useProcedureWords();
  // A version never changes, so its id is its tag.
  const read = useReadVersion(draftOf(version), version.id);
  const form = useProcedureForm(systemId, read.current.values, (draft) =>
    api.post(`/procedures/${version.procedureId}/versions`, { ...contentOf(draft), basedOn: read.current.etag }),
  );
  const newestId = async () => {
    const { items } = await client.fetchQuery({ ...proceduresQuery(systemId), staleTime: 0 });
    const { draft, current } = items.find(({ id }) => id === version.procedureId) ?? {};
    return (draft ?? current)?.versionId ?? version.id;
  };
  const newest = async () => {
    const id = await newestId();
    const last = await api.get<Page<HistoryEvent>>(`/systems/${systemId}/history`, { recordId: id, limit: 1 });
    const saved = await client.ensureQueryData(procedureVersionQuery(id));
    return { values: draftOf(saved), etag: id, last: last.items[0] };
  };
  const reload = async () => {
    const params = { systemId, versionId: await newestId() };
    await navigate({ to: '/systems/$systemId/procedures/$versionId/edit', params, ignoreBlocker: true });
  };
  return (
    <>
      <ProcedureForm
        form={form}
        titled={false}
        submit={t('procedures.saveDraft')}
        onSubmit={form.submit}
        onCancel={() =>
          void navigate({ to: '/systems/$systemId/procedures/$versionId', params: { systemId, versionId: version.id } })
        }
      />
      <Merging
        {...{ read, newest }}
        {...words}
        form={{ ...form, resubmit: (values) => form.resubmit(joined(values)) }}
        keys={ROW_KEYS}
        fit={fitted}
        onReload={() => void reload()}
      />
    </>
  );
}
