import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { Filters } from '../../ui/form/filters';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { OrganisationField } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { WaiverItem } from './waiver-item';
import { waiversQuery } from './waiver-queries';

const route = getRouteApi('/shell/waivers');
const STATUSES = ['REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'REVOKED'] as const;

/** Waivers and requests for them, of every system that the person may see. */
export function WaiversPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const waivers = useQuery(waiversQuery(search));
  const choose = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) });
  return (
    <>
      <PageHeader title={t('waivers.page')} actions={<ExportMenu path="/waivers" filters={search} />} />
      <p className="mb-4 max-w-prose">{t('waivers.pageText')}</p>
      <Filters>
        <SelectField
          quiet
          name="status"
          label={t('waivers.status')}
          empty={t('filter.all')}
          value={search.status ?? ''}
          onChange={(status) => choose({ status })}
          options={STATUSES.map((value) => ({ value: value as string, label: t(`waiverStatus.${value}`) }))}
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
      <Loaded query={waivers}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('waivers.none')}
              action={<LinkButton to="/obligations">{t('waivers.toObligations')}</LinkButton>}
            >
              {t('waivers.noneText')}
            </EmptyState>
          ) : (
            <>
              <ul className="divide-y divide-line border-y border-line">
                {items.map((waiver) => (
                  <WaiverItem key={waiver.id} waiver={waiver} />
                ))}
              </ul>
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </>
  );
}
