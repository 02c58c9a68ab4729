import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditEvent, HistoryEvent, Page } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { EmptyState, Loaded, type LoadedQuery } from '../../ui/feedback';
import { usePermission } from '../session/session';
import { auditQuery, historyQuery } from './audit-queries';
import { EventList } from './event-list';

/** What was done to a system, or to one of its records, for everybody who may see it. */
export function History({ systemId, recordId }: { systemId: string; recordId?: string }) {
  const trail = useTrail();
  const history = useQuery(historyQuery(systemId, { recordId, cursor: trail.cursor }));
  return <Events query={history} trail={trail} all={recordId ? { recordId } : { systemId }} />;
}

/** What was done to a record that belongs to no system, for who may read the audit events of its organisation. */
export function RecordHistory({ recordId }: { recordId: string }) {
  const trail = useTrail();
  const history = useQuery(auditQuery({ recordId, cursor: trail.cursor }));
  return <Events query={history} trail={trail} all={{ recordId }} />;
}

interface HistoryButtonProps {
  recordId: string;
  name: string;
  /** The system that the record belongs to: who sees it reads the history too. */
  systemId?: string | undefined;
}

/** Opens the history of a record; absent for who may not read it. */
export function HistoryButton({ recordId, name, systemId }: HistoryButtonProps) {
  const { t } = useTranslation();
  const may = usePermission();
  const [open, setOpen] = useState(false);
  if (!systemId && !may('audit:read')) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)} aria-label={t('audit.historyOf', { name })}>
        {t('audit.history')}
      </Button>
      {open && (
        <Dialog title={t('audit.historyOf', { name })} onClose={() => setOpen(false)}>
          {systemId ? <History {...{ systemId, recordId }} /> : <RecordHistory recordId={recordId} />}
        </Dialog>
      )}
    </>
  );
}

function useTrail() {
  const [trail, setTrail] = useState<string[]>([]);
  return {
    cursor: trail.at(-1),
    back: trail.length > 0 ? () => setTrail(trail.slice(0, -1)) : null,
    on: (cursor: string) => setTrail([...trail, cursor]),
  };
}

interface EventsProps {
  query: LoadedQuery<Page<HistoryEvent | AuditEvent>>;
  trail: ReturnType<typeof useTrail>;
  /** The same among all audit events. */
  all: { recordId: string } | { systemId: string };
}

function Events({ query, trail, all }: EventsProps) {
  const { t } = useTranslation();
  const may = usePermission();
  return (
    <Loaded query={query}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyState title={t('audit.historyNone')} />
        ) : (
          <>
            <EventList caption={t('audit.history')} events={items} />
            <div className="no-print mt-4 flex flex-wrap gap-2">
              {trail.back && <Button onPress={trail.back}>{t('pager.previous')}</Button>}
              {nextCursor && <Button onPress={() => trail.on(nextCursor)}>{t('pager.next')}</Button>}
              {may('audit:read') && (
                <LinkButton to="/audit" search={all}>
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
