import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CalendarResponse } from '../../api/generated/types.gen';
import { useFormat } from '../../ui/format/format';

/** A month on a narrow screen: the days on which something stands, one below the other. */
export function DayRows({ calendar: { days, holidays } }: { calendar: CalendarResponse }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="divide-y divide-line border-y border-line sm:hidden">
      {days.map(({ on, count, late }) => (
        <li key={on} className="flex flex-wrap items-baseline gap-x-3 py-2">
          <Link
            from="/calendar"
            to="/calendar"
            search={(old) => ({ ...old, day: on })}
            className="text-link inline-flex min-h-11 items-center font-700"
          >
            {format.date(on)}
          </Link>
          {holidays.map(({ on: closed, name }) => closed === on && <span key={closed}>{name}</span>)}
          <span>{t('calendar.count', { count })}</span>
          {late > 0 && <span className="font-700 text-error">{t('calendar.late', { count: late })}</span>}
        </li>
      ))}
    </ul>
  );
}
