import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarEvent, CalendarResponse } from '../../api/generated/types.gen';
import { plusDays, useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';
import { iconOf, useEventWords } from './event-line';
import { firstOf, lastOf, type Month, monthOf, plusMonths, weekdayOf, weeksOf } from './months';

/** So many are named in a cell; the others are counted. */
const NAMED = 3;

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Where a key leads from a day: a day or a week on, to an end of the week, or by a month; null for other keys. */
function dayBy(key: string, day: string): string | null {
  if (key === 'Home') return plusDays(day, -weekdayOf(day));
  if (key === 'End') return plusDays(day, 6 - weekdayOf(day));
  if (key === 'PageUp' || key === 'PageDown') {
    const month = plusMonths(monthOf(day), key === 'PageUp' ? -1 : 1);
    const same = `${month}${day.slice(7)}`;
    return same > lastOf(month) ? lastOf(month) : same;
  }
  const step = STEPS[key];
  return step === undefined ? null : plusDays(day, step);
}

interface MonthGridProps {
  month: Month;
  calendar: CalendarResponse;
  selected: string | undefined;
  onSelect: (day: string) => void;
  /** To the same or nearest day of another month. */
  onLeave: (day: string) => void;
}

/** A month as weeks of seven days. The arrow keys go from day to day, and on into the months beside it. */
export function MonthGrid({ month, calendar, selected, onSelect, onLeave }: MonthGridProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  const { today, holidays, days, events } = calendar;
  const current = [selected, today].find((day) => day && monthOf(day) === month) ?? firstOf(month);
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-day="${current}"]`)?.focus();
    moved.current = false;
  }, [current]);
  const go = (event: KeyboardEvent): void => {
    const day = dayBy(event.key, current);
    if (day === null) return;
    event.preventDefault();
    moved.current = true;
    if (monthOf(day) === month) onSelect(day);
    else onLeave(day);
  };
  return (
    <table
      role="grid"
      ref={grid}
      aria-label={t('calendar.grid')}
      className="hidden w-full table-fixed border-collapse sm:table"
      onKeyDown={go}
    >
      <thead>
        <tr>
          {weeksOf('2026-11')[0]?.map((_, weekday) => (
            <th key={weekday} scope="col" className="border border-line bg-tint p-1 text-[0.875rem]">
              {t(`calendar.weekday.${weekday as 0}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, weekday) =>
              day === null ? (
                <td key={weekday} role="gridcell" className="border border-line bg-tint" />
              ) : (
                <Day
                  key={day}
                  day={day}
                  label={format.date(day)}
                  isToday={day === today}
                  holiday={holidays.find(({ on }) => on === day)?.name}
                  isCurrent={day === current}
                  isSelected={day === selected}
                  count={days.find(({ on }) => on === day)?.count ?? 0}
                  late={days.find(({ on }) => on === day)?.late ?? 0}
                  events={events.filter(({ on }) => on === day).slice(0, NAMED)}
                  onSelect={() => onSelect(day)}
                />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  day: string;
  label: string;
  isToday: boolean;
  holiday: string | undefined;
  isCurrent: boolean;
  isSelected: boolean;
  count: number;
  late: number;
  events: CalendarEvent[];
  onSelect: () => void;
}

function Day({ day, label, isToday, holiday, isCurrent, isSelected, count, late, events, onSelect }: DayProps) {
  const { t } = useTranslation();
  const words = useEventWords();
  const rests = holiday !== undefined || [0, 6].includes(weekdayOf(day));
  return (
    <td
      role="gridcell"
      aria-selected={isSelected}
      className={`calendar-day h-28 border border-line p-0 align-top ${rests ? 'bg-tint' : ''}`}
    >
      <button
        type="button"
        data-day={day}
        tabIndex={isCurrent ? 0 : -1}
        aria-current={isToday ? 'date' : undefined}
        onClick={onSelect}
        className={`calendar-day grid h-full min-h-28 w-full content-start gap-1 p-1.5 text-start text-[0.8125rem] leading-140 ${isSelected ? 'outline-3 -outline-offset-3 outline-primary' : ''}`}
      >
        <span className="flex flex-wrap items-baseline gap-x-1.5">
          <span
            className={`text-[1rem] ${isToday ? 'rounded-6 bg-primary px-1.5 font-700 text-on-primary' : 'font-700'}`}
            aria-hidden
          >
            {Number(day.slice(8))}
          </span>
          <span className="sr-only">{label}</span>
          {isToday && <span>{t('calendar.today')}</span>}
          {holiday && <span>{holiday}</span>}
        </span>
        {events.map((event) => (
          <span key={`${event.kind}${event.id}`} className="flex min-w-0 items-center gap-1">
            <Icon name={iconOf(event)} className="size-4 shrink-0" />
            <span className="truncate">{words(event)}</span>
          </span>
        ))}
        {count > events.length && <span>{t('calendar.more', { count: count - events.length })}</span>}
        {late > 0 && (
          <span className="font-700 text-error">
            <Icon name="alert" className="me-1 inline size-4 align-[-0.2em]" />
            {t('calendar.late', { count: late })}
          </span>
        )}
      </button>
    </td>
  );
}
