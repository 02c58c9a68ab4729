import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CalendarEvent } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { OWED_STATES } from '../obligations/obligation-queries';
import { usePermission } from '../session/session';
import { calendarQuery } from './calendar-queries';
import { EventLine } from './event-line';
import { PlanDrillDialog } from './plan-drill-dialog';

const route = getRouteApi('/shell/calendar');
const OWED: readonly CalendarEvent['kind'][] = ['DUTY', 'IMPROVEMENT'];

/** All that stands on a day, with the ways on from it: the list of what falls due, and a drill to be planned. */
export function DayList({ day }: { day: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = usePermission();
  const { view: _view, month: _month, day: _day, ...filters } = route.useSearch();
  const query = useQuery(calendarQuery({ ...filters, from: day, to: day }));
  const [isPlanning, setPlanning] = useState(false);
  const { kind: _kind, ...where } = filters;
  return (
    <section className="mt-8" aria-labelledby="calendar-day">
      <h2 id="calendar-day" className="mb-2 text-[1.25rem]">
        {format.date(day)}
      </h2>
      <Loaded query={query}>
        {({ events, days, holidays, today }) => (
          <>
            {holidays.map(({ on, name }) => (
              <p key={on} className="mb-2">
                {name}
              </p>
            ))}
            {events.length === 0 ? (
              <p className="text-soft">{t('calendar.nothing')}</p>
            ) : (
              <ul className="divide-y divide-line border-y border-line">
                {events.map((event) => (
                  <EventLine key={`${event.kind}${event.id}`} event={event} />
                ))}
              </ul>
            )}
            {(days[0]?.count ?? 0) > events.length && (
              <p className="mt-2 text-soft">
                {t('calendar.shownOf', { shown: events.length, count: days[0]?.count ?? 0 })}
              </p>
            )}
            <div className="no-print mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
              {events.some(({ kind }) => OWED.includes(kind)) && (
                <Link
                  to="/obligations"
                  search={{ ...where, dueOn: day, state: OWED_STATES.join(',') }}
                  className="text-link inline-flex min-h-11 items-center"
                >
                  {t('calendar.toObligations')}
                </Link>
              )}
              {day >= today && may('evidence:write') && (
                <Button icon="plus" onPress={() => setPlanning(true)}>
                  {t('drills.plan')}
                </Button>
              )}
            </div>
          </>
        )}
      </Loaded>
      {isPlanning && <PlanDrillDialog day={day} onClose={() => setPlanning(false)} />}
    </section>
  );
}
