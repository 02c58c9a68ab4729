import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { ExportMenu } from '../../ui/export/export-menu';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { usePermission } from '../session/session';
import { ImprovementFilters } from './improvement-filters';
import { improvementsQuery, NOT_ENDED } from './improvement-queries';
import { ImprovementsList } from './improvements-list';
import { RaiseDialog } from './dialogs/raise-dialog';

const route = getRouteApi('/shell/improvements');

/** Improvement items of everything that the person may see. */
export function ImprovementsPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const [raising, setRaising] = useState(false);
  const { status = NOT_ENDED, ...filters } = search;
  const filtered = { ...filters, status: status === 'all' ? undefined : status };
  const improvements = useQuery(improvementsQuery(filtered));
  const raise = may('improvements:close') ? (
    <Button look="primary" icon="plus" onPress={() => setRaising(true)}>
      {t('improvements.raise')}
    </Button>
  ) : null;
  return (
    <>
      <PageHeader
        title={t('improvements.title')}
        actions={
          <>
            <ExportMenu path="/improvements" filters={filtered} />
            {raise}
          </>
        }
      />
      <p className="mb-4 max-w-prose">{t('improvements.pageText')}</p>
      <ImprovementFilters />
      <Loaded query={improvements}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState
              title={t('improvements.none')}
              action={raise ?? <LinkButton to="/systems">{t('improvements.toSystems')}</LinkButton>}
            >
              {t('improvements.noneText')}
            </EmptyState>
          ) : (
            <>
              <ImprovementsList items={items} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
      {raising && <RaiseDialog onClose={() => setRaising(false)} />}
    </>
  );
}
