import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReportListItem } from './report-types';
import { Button, LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { type Column, DataTable } from '../../ui/table';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { MakeDialog, PERIOD_KINDS } from './make-dialog';
import { reportsQuery } from './report-queries';
import { ReportTag, usePeriod } from './report-words';

const route = getRouteApi('/shell/reports');

/** The reports to the CISO, and where one is asked for. */
export function ReportsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const period = usePeriod();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [making, setMaking] = useState(false);
  const reports = useQuery(reportsQuery(search));
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  const make = may('reports:write') && (
    <Button look="primary" icon="plus" onPress={() => setMaking(true)}>
      {t('reports.make')}
    </Button>
  );
  const columns: Column<ReportListItem>[] = [
    {
      key: 'period',
      title: t('reports.periodTitle'),
      heads: true,
      cell: (report) => (
        <Link
          to="/reports/$reportId"
          params={{ reportId: report.id }}
          className="text-link inline-flex min-h-6 items-center font-700"
        >
          {period(report)}
        </Link>
      ),
    },
    { key: 'organisation', title: t('reports.organisation'), cell: ({ organisation }) => format.name(organisation) },
    { key: 'version', title: t('reports.version'), figure: true, cell: ({ version }) => version },
    { key: 'status', title: t('reports.status'), cell: ({ status }) => <ReportTag status={status} /> },
    {
      key: 'by',
      title: t('reports.requestedBy'),
      cell: ({ requestedBy }) => requestedBy?.displayName ?? t('reports.byCalendar'),
    },
    { key: 'at', title: t('reports.requestedAt'), cell: ({ requestedAt }) => format.instant(requestedAt) },
  ];
  return (
    <>
      <PageHeader
        title={t('reports.title')}
        actions={
          <>
            <ExportMenu path="/reports" filters={search} />
            {make}
          </>
        }
      />
      <p className="mb-4 max-w-prose">{t('reports.pageText')}</p>
      <Filters>
        <SelectField
          quiet
          name="periodKind"
          label={t('reports.kind')}
          empty={t('filter.all')}
          value={search.periodKind ?? ''}
          onChange={(periodKind) => choose({ periodKind })}
          options={PERIOD_KINDS.map((value) => ({ value: value as string, label: t(`domain:periodKind.${value}`) }))}
        />
        <OrganisationField
          quiet
          name="organisation"
          label={t('reports.organisation')}
          placeholder={t('filter.all')}
          value={search.organisationId ?? ''}
          onChange={(organisationId) => choose({ organisationId })}
        />
      </Filters>
      <Loaded query={reports}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('reports.none')}
              action={make || <LinkButton to="/">{t('reports.toReadiness')}</LinkButton>}
            >
              {t('reports.noneText')}
            </EmptyState>
          ) : (
            <>
              <DataTable caption={t('reports.title')} columns={columns} rows={items} rowKey={({ id }) => id} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
      {making && <MakeDialog onClose={() => setMaking(false)} />}
    </>
  );
}
