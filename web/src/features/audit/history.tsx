import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { usePermission } from '../session/session';
import { historyQuery } from './audit-queries';
import { EventList } from './event-list';

/** What was done to a system, or to one of its records, for everybody who may see it. */
export function History({ systemId, recordId }: { systemId: string; recordId?: string }) {
  const { t } = useTranslation();
  const may = usePermission();
  const [trail, setTrail] = useState<string[]>([]);
  const history = useQuery(historyQuery(systemId, { recordId, cursor: trail.at(-1) }));
  return (
    <Loaded query={history}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyState title={t('audit.historyNone')} />
        ) : (
          <>
            <EventList caption={t('audit.history')} events={items} />
            <div className="no-print mt-4 flex flex-wrap gap-2">
              {trail.length > 0 && <Button onPress={() => setTrail(trail.slice(0, -1))}>{t('pager.previous')}</Button>}
              {nextCursor && <Button onPress={() => setTrail([...trail, nextCursor])}>{t('pager.next')}</Button>}
              {may('audit:read') && (
                <LinkButton to="/audit" search={recordId ? { recordId } : { systemId }}>
                  {t('audit.openHistory')}
                </LinkButton>
              )}
            </div>
          </>
        )
      }
    </Loaded>
  );
}
