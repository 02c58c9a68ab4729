import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, type Tagged } from '../../../api/client';
import type { Drill } from '../../../api/types';
import { DRILL_TYPES } from '../drill-types';
import { Loaded } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { useForm } from '../../../ui/form/use-form';
import { Merging, useReadVersion } from '../../../ui/merge/merging';
import { PageHeader } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { proceduresQuery, procedureVersionQuery } from '../../procedures/procedure-queries';
import { LoadedPage } from '../../shell/loaded-page';
import { systemQuery } from '../../systems/system-queries';
import { drillQuery, refreshDrills } from '../drill-queries';
import { bodyOf, draftOf, type DrillDraft, NEW_DRILL } from './drill-draft';
import { DrillForm, useDrilledVersion } from './drill-form';
import { BOOKING_KEYS, useDrillWords } from './drill-words';

const newRoute = getRouteApi('/shell/systems/$systemId/drills/new');
const editRoute = getRouteApi('/shell/drills/$drillId/edit');
const MORNING = 'T10:00';
const REQUIRED = ['title', 'type', 'scheduledAt', 'plannedMinutes'] as const;

function useCrumbs(systemId: string) {
  const { t } = useTranslation();
  const format = useFormat();
  const system = useQuery(systemQuery(systemId)).data?.value;
  return [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
    <Link key="system" to="/systems/$systemId" params={{ systemId }} search={{ tab: 'drills' }} className="text-link">
      {system ? format.name(system) : '…'}
    </Link>,
  ];
}

function useDrillForm(initial: DrillDraft, save: (draft: DrillDraft) => Promise<{ id: string }>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useForm<DrillDraft, { id: string }>({
    initial,
    required: () => [...REQUIRED],
    save,
    onSaved: ({ id }) => {
      announce(t('drills.saved'));
      void refreshDrills(client);
      void navigate({ to: '/drills/$drillId', params: { drillId: id } });
    },
  });
}

/** Plans a drill; the address may name its type and day, and a drill to plan it like. */
export function NewDrillPage() {
  const { t } = useTranslation();
  const { systemId } = newRoute.useParams();
  const { type, on, like } = newRoute.useSearch();
  const crumbs = useCrumbs(systemId);
  const procedures = useQuery(proceduresQuery(systemId));
  const example = useQuery({ ...drillQuery(like ?? ''), enabled: Boolean(like) });
  const ready = { ...procedures, data: like && !example.data ? undefined : procedures.data };
  const chosen = DRILL_TYPES.find((each) => each === type);
  return (
    <>
      <PageHeader title={t('drills.plan')} crumbs={crumbs} />
      <Loaded query={ready}>
        {({ items }) => {
          const inForce = items.find(({ current }) => current)?.current?.versionId ?? '';
          const base = example.data ? draftOf(example.data.value, []) : NEW_DRILL;
          const initial: DrillDraft = {
            ...base,
            ...{ procedureVersionId: inForce, leftOut: [], scheduledAt: on ? `${on}${MORNING}` : '' },
            ...(chosen && { type: chosen, title: base.title || t(`domain:drillType.${chosen}`) }),
          };
          return <NewDrillForm systemId={systemId} initial={initial} />;
        }}
      </Loaded>
    </>
  );
}

function NewDrillForm({ systemId, initial }: { systemId: string; initial: DrillDraft }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useDrillForm(initial, async (draft) => {
    const version = draft.procedureVersionId
      ? await client.ensureQueryData(procedureVersionQuery(draft.procedureVersionId))
      : undefined;
    return api.post(`/systems/${systemId}/drills`, bodyOf(draft, version?.order ?? []));
  });
  const leave = () => void navigate({ to: '/systems/$systemId', params: { systemId }, search: { tab: 'drills' } });
  return (
    <DrillForm systemId={systemId} form={form} submit={t('drills.save')} onSubmit={form.submit} onCancel={leave} />
  );
}

export function EditDrillPage() {
  const { drillId } = editRoute.useParams();
  const drill = useQuery({ ...drillQuery(drillId), staleTime: 0, refetchOnWindowFocus: false });
  return (
    <LoadedPage query={drill}>
      {(tagged) => <EditDrill key={tagged.etag} tagged={tagged} onReload={() => void drill.refetch()} />}
    </LoadedPage>
  );
}

function EditDrill({ tagged, onReload }: { tagged: Tagged<Drill>; onReload: () => void }) {
  const { t } = useTranslation();
  const drill = tagged.value;
  const crumbs = useCrumbs(drill.system.id);
  const versionId = drill.procedure?.versionId ?? '';
  const version = useDrilledVersion(versionId);
  return (
    <>
      <PageHeader title={t('drills.change')} crumbs={crumbs} />
      {(version || versionId === '') && (
        <EditDrillForm tagged={tagged} keys={version?.order ?? []} onReload={onReload} />
      )}
    </>
  );
}

interface EditDrillFormProps {
  tagged: Tagged<Drill>;
  keys: readonly string[];
  onReload: () => void;
}

function EditDrillForm({ tagged, keys, onReload }: EditDrillFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { id, system } = tagged.value;
  const path = `/drills/${id}`;
  const read = useReadVersion(draftOf(tagged.value, keys), tagged.etag);
  const form = useDrillForm(read.current.values, async (draft) => {
    const version = draft.procedureVersionId
      ? await client.ensureQueryData(procedureVersionQuery(draft.procedureVersionId))
      : undefined;
    return api.patch(path, bodyOf(draft, version?.order ?? []), read.current.etag);
  });
  const words = useDrillWords(system.id, useDrilledVersion(form.values.procedureVersionId));
  const newest = async () => {
    const { value, etag } = await api.getTagged<Drill>(path);
    const versionId = value.procedure?.versionId;
    const version = versionId && (await client.ensureQueryData(procedureVersionQuery(versionId)));
    return { values: draftOf(value, version ? version.order : []), etag };
  };
  return (
    <>
      <DrillForm
        systemId={system.id}
        form={form}
        submit={t('drills.save')}
        onSubmit={form.submit}
        onCancel={() => void navigate({ to: '/drills/$drillId', params: { drillId: id } })}
      />
      <Merging {...{ form, read, newest, onReload }} {...words} keys={BOOKING_KEYS} />
    </>
  );
}
