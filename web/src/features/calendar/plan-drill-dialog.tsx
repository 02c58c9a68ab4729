import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SystemSummary } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { Loaded } from '../../ui/feedback';
import { SearchField } from '../../ui/form/search-field';
import { useFormat } from '../../ui/format/format';
import { systemsQuery } from '../systems/system-queries';
import { useAllowed } from '../systems/use-allowed';

const MOST_LISTED = 10;

/** Chooses the system whose drill is planned for a day: one's own at first, any other by its name or number. */
export function PlanDrillDialog({ day, onClose }: { day: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [q, setQ] = useState('');
  const found = useQuery(
    systemsQuery({ ...(q === '' ? { owner: 'me' } : { q }), lifecycle: 'OPERATING', limit: MOST_LISTED }),
  );
  return (
    <Dialog title={t('calendar.planOn', { date: format.date(day) })} onClose={onClose}>
      <p className="mb-4">{t('calendar.planText')}</p>
      <SearchField label={t('filter.systemNameOrCode')} value={q} onSearch={setQ} />
      <div aria-live="polite" className="mt-3">
        <Loaded query={found}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="text-soft">{t(q === '' ? 'calendar.planNoneOwn' : 'dependencies.notFound')}</p>
            ) : (
              <ul className="divide-y divide-line border-y border-line">
                {items.map((system) => (
                  <SystemLine key={system.id} system={system} day={day} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </Dialog>
  );
}

function SystemLine({ system, day }: { system: SystemSummary; day: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useAllowed(system.id);
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-2 py-1">
      {may('evidence:write') ? (
        <Link
          to="/systems/$systemId/drills/new"
          params={{ systemId: system.id }}
          search={{ on: day }}
          className="text-link font-700"
        >
          {format.name(system)}
        </Link>
      ) : (
        <span>{format.name(system)}</span>
      )}
      <span className="text-soft">{system.code}</span>
      {!may('evidence:write') && <span className="text-soft">{t('calendar.planNotYours')}</span>}
    </li>
  );
}
