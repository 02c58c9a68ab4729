import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass, LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded, Notice } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { usePermission } from '../session/session';
import { AuditFilters } from './audit-filters';
import { type AuditFilters as Filters, auditQuery, chainHref } from './audit-queries';
import { EventList } from './event-list';
import { VerifyChain } from './verify-chain';

const route = getRouteApi('/shell/audit');

/** Who did what, searched, exported as it is shown, and verified. */
export function AuditPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const { cursor, ...filters } = route.useSearch();
  const events = useQuery(auditQuery({ ...filters, cursor }));
  return (
    <>
      <PageHeader title={t('audit.title')} actions={<Exports filters={filters} />}>
        <p className="text-soft">{t('audit.text')}</p>
      </PageHeader>
      {may('audit:verify') && <VerifyChain />}
      <AuditFilters />
      {(filters.recordId ?? filters.systemId) && (
        <div className="no-print mb-4">
          <Notice look="info">
            <p className="mb-2">{t('audit.oneRecord')}</p>
            <LinkButton to="/audit">{t('action.clearFilters')}</LinkButton>
          </Notice>
        </div>
      )}
      <Loaded query={events}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('audit.none')}
              action={<LinkButton to="/audit">{t('action.clearFilters')}</LinkButton>}
            />
          ) : (
            <>
              <EventList caption={t('audit.title')} events={items} />
              <Pager cursor={cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

/** The files hold every event that the filters let through, on whichever page. */
function Exports({ filters }: { filters: Filters }) {
  const { t } = useTranslation();
  return (
    <>
      <ExportMenu path="/audit-events" filters={filters} />
      <a href={chainHref(filters)} download className={buttonClass()}>
        {t('audit.exportChain')}
      </a>
    </>
  );
}
