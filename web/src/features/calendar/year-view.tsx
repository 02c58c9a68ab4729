import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CalendarResponse } from '../../api/generated/types.gen';
import { useFormat } from '../../ui/format/format';
import { type Month, monthOf, monthsOfYear, weeksOf } from './months';
import { useMonthName } from './month-name';

/** A fiscal year as twelve small months; each day says how much stands on it, and each month leads to itself. */
export function YearView({ year, calendar }: { year: number; calendar: CalendarResponse }) {
  return (
    <div className="calendar-year grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
      {monthsOfYear(year).map((month) => (
        <SmallMonth key={month} month={month} calendar={calendar} />
      ))}
    </div>
  );
}

function SmallMonth({ month, calendar }: { month: Month; calendar: CalendarResponse }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useMonthName()(month);
  const days = new Map(calendar.days.filter(({ on }) => monthOf(on) === month).map((day) => [day.on, day]));
  const holidays = calendar.holidays.filter(({ on }) => monthOf(on) === month);
  const total = [...days.values()].reduce((sum, { count }) => sum + count, 0);
  return (
    <section>
      <h2 className="mb-1 text-[1rem]">
        <Link
          from="/calendar"
          to="/calendar"
          search={(old) => ({ ...old, view: undefined, month, day: undefined })}
          className="text-link inline-flex min-h-6 items-center"
        >
          {name}
        </Link>{' '}
        <span className="text-[0.875rem] font-400 text-soft">{t('calendar.count', { count: total })}</span>
      </h2>
      <table className="w-full table-fixed border-collapse text-[0.8125rem]">
        <caption className="sr-only">{name}</caption>
        <thead>
          <tr>
            {[0, 1, 2, 3, 4, 5, 6].map((weekday) => (
              <th key={weekday} scope="col" className="font-400 text-soft">
                {t(`calendar.weekday.${weekday as 0}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((day, weekday) => {
                const known = day ? days.get(day) : undefined;
                const holiday = holidays.find(({ on }) => on === day)?.name;
                const look = known && (known.late > 0 ? 'bg-late text-on-late' : 'bg-soon text-on-soon');
                return (
                  <td
                    key={weekday}
                    className={`h-9 border border-line text-center ${look ?? (holiday ? 'bg-tint' : '')}`}
                  >
                    {day && <span className={holiday && 'font-700 underline'}>{Number(day.slice(8))}</span>}
                    {holiday && <span className="sr-only">{holiday}</span>}
                    {known && (
                      <>
                        <span aria-hidden className="block text-[0.75rem] leading-100 font-700">
                          {known.late > 0 ? '!' : ''}
                          {format.number(known.count)}
                        </span>
                        <span className="sr-only">
                          {t('calendar.count', { count: known.count })}
                          {known.late > 0 && t('calendar.late', { count: known.late })}
                        </span>
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {/* Spoken at the days themselves. */}
      <p aria-hidden className="mt-1 text-[0.75rem] leading-140 text-soft">
        {holidays
          .map(({ on, name: called }) => t('calendar.dayNamed', { day: Number(on.slice(8)), name: called }))
          .join(t('calendar.dayJoin'))}
      </p>
    </section>
  );
}
