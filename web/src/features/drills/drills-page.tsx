import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DrillSummary } from '../../api/types';
import { LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Filters } from '../../ui/form/filters';
import { civilDateOf, useFormat } from '../../ui/format/format';
import { PageHeader, Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { DrillItem } from './drill-item';
import { drillsQuery } from './drill-queries';

const route = getRouteApi('/shell/drills');
const STATUSES = ['PLANNED', 'UNDER_WAY', 'HELD', 'CANCELLED'] as const;

/** Drills and outages of every system that the person may see, day by day. */
export function DrillsPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const drills = useQuery(drillsQuery(search));
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  return (
    <>
      <PageHeader title={t('drills.page')} actions={<ExportMenu path="/drills" filters={search} />} />
      <p className="mb-4 max-w-prose">{t('drills.pageText')}</p>
      <Filters>
        <SelectField
          quiet
          name="status"
          label={t('drills.status')}
          empty={t('filter.all')}
          value={search.status ?? ''}
          onChange={(status) => choose({ status })}
          options={STATUSES.map((value) => ({ value: value as string, label: t(`drillStatus.${value}`) }))}
        />
        <TextField
          quiet
          name="from"
          type="date"
          label={t('drills.from')}
          value={search.from ?? ''}
          onChange={(from) => choose({ from })}
        />
        <TextField
          quiet
          name="to"
          type="date"
          label={t('drills.to')}
          value={search.to ?? ''}
          onChange={(to) => choose({ to })}
        />
        {may('organisations:read') && (
          <OrganisationField
            quiet
            name="organisation"
            label={t('readiness.organisation')}
            placeholder={t('filter.all')}
            value={search.organisationId ?? ''}
            onChange={(organisationId) => choose({ organisationId })}
          />
        )}
      </Filters>
      <Loaded query={drills}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('drills.none')}
              action={<LinkButton to="/systems">{t('drills.toSystems')}</LinkButton>}
            >
              {t('drills.noneAnywhere')}
            </EmptyState>
          ) : (
            <>
              <Days drills={items} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Days({ drills }: { drills: DrillSummary[] }) {
  const format = useFormat();
  const days = Map.groupBy(drills, ({ scheduledAt }) => civilDateOf(scheduledAt));
  return [...days].map(([day, held]) => (
    <Section key={day} title={format.date(day)}>
      <ul className="divide-y divide-line border-y border-line">
        {held.map((drill) => (
          <DrillItem key={drill.id} drill={drill} withSystem />
        ))}
      </ul>
    </Section>
  ));
}
