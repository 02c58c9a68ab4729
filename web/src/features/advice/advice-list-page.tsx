import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Advice } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { DataTable, type Column } from '../../ui/table';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { advicesQuery } from './advice-queries';
import { AdviceTag } from './advice-tag';
import { AskDialog } from './ask-dialog';

const route = getRouteApi('/shell/advice');
const STATUSES = ['OPEN', 'ANSWERED', 'WITHDRAWN'] as const;

/** What organisations asked their ministry, and what was answered. */
export function AdviceListPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [asking, setAsking] = useState(false);
  const advice = useQuery(advicesQuery(search));
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  const ask = may('advice:ask') && (
    <Button look="primary" icon="plus" onPress={() => setAsking(true)}>
      {t('advice.ask')}
    </Button>
  );
  const columns: Column<Advice>[] = [
    {
      key: 'title',
      title: t('advice.name'),
      heads: true,
      cell: ({ id, title }) => (
        <Link
          to="/advice/$adviceId"
          params={{ adviceId: id }}
          className="text-link inline-flex min-h-6 items-center font-700"
        >
          {title}
        </Link>
      ),
    },
    { key: 'organisation', title: t('advice.organisation'), cell: ({ organisation }) => format.name(organisation) },
    { key: 'status', title: t('advice.status'), cell: ({ status }) => <AdviceTag status={status} /> },
    { key: 'due', title: t('advice.dueOn'), cell: ({ dueOn }) => format.date(dueOn) },
    { key: 'asked', title: t('advice.askedAt'), cell: ({ askedAt }) => format.instant(askedAt) },
    { key: 'answered', title: t('advice.answeredAt'), cell: ({ answeredAt }) => format.instant(answeredAt) },
  ];
  return (
    <>
      <PageHeader
        title={t('advice.title')}
        actions={
          <>
            <ExportMenu path="/advice" filters={search} />
            {ask}
          </>
        }
      />
      <p className="mb-4 max-w-prose">{t('advice.pageText')}</p>
      <Filters>
        <SelectField
          quiet
          name="status"
          label={t('advice.status')}
          empty={t('filter.all')}
          value={search.status ?? ''}
          onChange={(status) => choose({ status })}
          options={STATUSES.map((value) => ({ value: value as string, label: t(`adviceStatus.${value}`) }))}
        />
        <OrganisationField
          quiet
          name="organisation"
          label={t('advice.organisation')}
          placeholder={t('filter.all')}
          value={search.organisationId ?? ''}
          onChange={(organisationId) => choose({ organisationId })}
        />
      </Filters>
      <Loaded query={advice}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('advice.none')}
              action={ask || <LinkButton to="/improvements">{t('advice.toImprovements')}</LinkButton>}
            >
              {t('advice.noneText')}
            </EmptyState>
          ) : (
            <>
              <DataTable caption={t('advice.title')} columns={columns} rows={items} rowKey={({ id }) => id} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
      {asking && <AskDialog onClose={() => setAsking(false)} />}
    </>
  );
}
