import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report, ReportContent, ReportedDuty, ReportedSystem } from './report-types';
import { StateBadge } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { type Column, DataTable } from '../../ui/table';
import { Standing } from './standing';

interface Props {
  content: ReportContent;
  people: Report['people'];
}

interface PartProps<T> {
  title: string;
  summary?: string;
  rows: readonly T[];
  columns: Column<T>[];
  rowKey: (row: T) => string;
}

function Part<T>({ title, summary, rows, columns, rowKey }: PartProps<T>): ReactNode {
  const { t } = useTranslation();
  return (
    <Section title={title}>
      {summary && <p className="mb-2">{summary}</p>}
      {rows.length === 0 ? (
        <p className="text-soft">{t('reports.nothing')}</p>
      ) : (
        <DataTable caption={title} columns={columns} rows={rows} rowKey={rowKey} />
      )}
    </Section>
  );
}

function useSystem(): (system: ReportedSystem | null, organisation?: ReportedDuty['organisation']) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (system, organisation) =>
    system
      ? t('reports.systemOf', {
          name: format.name(system),
          code: system.code,
          tier: t(`domain:tier.${system.tier}`),
          organisation: format.name(system.organisation),
        })
      : organisation
        ? format.name(organisation)
        : '—';
}

/** All that a report says, a table for each section. */
export function ReportSections({ content, people }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const system = useSystem();
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  const { standing, before, turns, duties, waivers, proofs, improvements, exceptions } = content;
  const duty = <T extends ReportedDuty>(): Column<T>[] => [
    { key: 'system', title: t('reports.system'), heads: true, cell: (row) => system(row.system, row.organisation) },
    { key: 'rule', title: t('reports.rule'), cell: (row) => row.title[format.locale] },
  ];
  const minutes = (value: number | null): string => (value === null ? '—' : t('reports.minutes', { value }));
  return (
    <>
      <Section title={t('reports.standing')}>
        <Standing standing={standing} before={before} />
      </Section>
      <Part
        title={t('reports.turns')}
        summary={t('reports.turnsText', turns)}
        rows={turns.items}
        rowKey={({ obligationId }) => `turn-${obligationId}`}
        columns={[
          ...duty<(typeof turns.items)[number]>(),
          {
            key: 'from',
            title: t('reports.from'),
            cell: ({ fromState }) => (fromState ? t(`domain:state.${fromState}`) : '—'),
          },
          { key: 'to', title: t('reports.to'), cell: ({ toState }) => <StateBadge state={toState} /> },
          { key: 'at', title: t('reports.at'), cell: ({ at }) => format.instant(at) },
        ]}
      />
      <Part
        title={t('reports.duties')}
        summary={t('reports.dutiesText', duties)}
        rows={duties.items}
        rowKey={({ obligationId }) => `duty-${obligationId}`}
        columns={[
          ...duty<(typeof duties.items)[number]>(),
          {
            key: 'state',
            title: t('reports.state'),
            cell: ({ state, dueOn }) => <StateBadge state={state} dueOn={dueOn} />,
          },
          { key: 'owner', title: t('reports.owner'), cell: ({ ownerId }) => (ownerId && names.get(ownerId)) || '—' },
          {
            key: 'reason',
            title: t('reports.reason'),
            cell: ({ reason }) => reason?.[format.locale] ?? t('reports.turnedSince'),
          },
        ]}
      />
      <Part
        title={t('reports.waivers')}
        summary={t('reports.waiversText', waivers)}
        rows={waivers.items}
        rowKey={({ id }) => id}
        columns={[
          { key: 'system', title: t('reports.system'), heads: true, cell: (row) => system(row.system) },
          { key: 'rule', title: t('reports.rule'), cell: ({ title }) => title[format.locale] },
          { key: 'standing', title: t('reports.state'), cell: (row) => t(`domain:export.reportState.${row.standing}`) },
          { key: 'expires', title: t('reports.expiresOn'), cell: ({ expiresOn }) => format.date(expiresOn) },
          { key: 'why', title: t('reports.reason'), cell: ({ reason }) => reason },
          { key: 'measure', title: t('reports.measure'), cell: ({ compensatingMeasure }) => compensatingMeasure },
          { key: 'by', title: t('reports.decidedBy'), cell: ({ decidedById }) => names.get(decidedById) ?? '—' },
        ]}
      />
      <Part
        title={t('reports.proofs')}
        summary={t('reports.proofsText', proofs)}
        rows={proofs.items}
        rowKey={({ evidenceId }) => evidenceId}
        columns={[
          { key: 'system', title: t('reports.system'), heads: true, cell: (row) => system(row.system) },
          {
            key: 'kind',
            title: t('reports.what'),
            cell: ({ kind }) => t(`domain:export.reportProof.${kind === 'DRILL' ? 'DRILL' : 'RESTORE_TEST'}`),
          },
          { key: 'at', title: t('reports.at'), cell: ({ performedAt }) => format.instant(performedAt) },
          {
            key: 'outcome',
            title: t('reports.outcome'),
            cell: ({ outcome }) => (outcome === 'RUNNING' ? '—' : t(`domain:outcome.${outcome}`)),
          },
          { key: 'took', title: t('reports.took'), figure: true, cell: (row) => minutes(row.measuredMinutes) },
          { key: 'rto', title: t('reports.rto'), figure: true, cell: (row) => minutes(row.rtoMinutes) },
        ]}
      />
      <Part
        title={t('reports.improvements')}
        rows={improvements}
        rowKey={({ organisation }) => organisation.id}
        columns={[
          {
            key: 'organisation',
            title: t('reports.organisation'),
            heads: true,
            cell: (row) => format.name(row.organisation),
          },
          { key: 'opened', title: t('reports.opened'), figure: true, cell: ({ opened }) => opened },
          { key: 'ended', title: t('reports.ended'), figure: true, cell: ({ ended }) => ended },
          { key: 'open', title: t('reports.open'), figure: true, cell: ({ open }) => open },
          { key: 'overdue', title: t('reports.overdue'), figure: true, cell: ({ overdue }) => overdue },
          { key: 'percent', title: t('reports.percent'), figure: true, cell: ({ percent }) => format.percent(percent) },
        ]}
      />
      <Part
        title={t('reports.notApplicable')}
        rows={exceptions.notApplicable}
        rowKey={({ obligationId }) => `exception-${obligationId}`}
        columns={[
          ...duty<(typeof exceptions.notApplicable)[number]>(),
          { key: 'reason', title: t('reports.reason'), cell: ({ reason }) => reason[format.locale] },
        ]}
      />
      <Systems
        title={t('reports.provisional')}
        rows={exceptions.provisionalTiers}
        total={exceptions.provisionalTotal}
      />
      <Systems title={t('reports.unreachable')} rows={exceptions.unreachable} total={exceptions.unreachableTotal} />
    </>
  );
}

function Systems({ title, rows, total }: { title: string; rows: readonly ReportedSystem[]; total: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Part
      title={title}
      summary={t('reports.systemsText', { total })}
      rows={rows}
      rowKey={({ id }) => `${title}-${id}`}
      columns={[
        { key: 'name', title: t('reports.system'), heads: true, cell: (row) => `${format.name(row)} (${row.code})` },
        { key: 'tier', title: t('reports.tier'), cell: ({ tier }) => t(`domain:tier.${tier}`) },
        { key: 'organisation', title: t('reports.organisation'), cell: (row) => format.name(row.organisation) },
      ]}
    />
  );
}
