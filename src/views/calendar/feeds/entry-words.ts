import type { CalendarEntry } from '../../../core/calendar-feed/calendar-entry';
import { dutyPath } from '../../../obligations/notices/duty-path';
import { type Locale, message } from '../../../platform/messages/messages';
import type { DrillRow, DutyRow, WaiverRow } from './feed-entries';

/** What entries are worded with. */
export interface Wording {
  locale: Locale;
  /** Of the service, without a slash at its end. */
  address: string;
  ruleTitle: (policyId: string | null, ruleKey: string) => string;
}

// Whole days begin at midnight, where nobody wants to be reminded: nine in the morning of the day, and of the day a week before.
const ALARM_OF_LEAD: Readonly<Record<number, string>> = { 7: '-P6DT15H', 0: 'PT9H' };
const DRILL_ALARMS = ['-P1D', '-PT1H'];

type Row = DutyRow | DrillRow | WaiverRow;

/** One row as a calendar shows it, in the language of the feed. */
export function entryOf(row: Row, wording: Wording): CalendarEntry {
  const { locale } = wording;
  const [word, path] = [row.kind.toLowerCase(), pathOf(row)];
  return {
    uid: `${word}-${row.id}@sonae`,
    time: row.kind === 'DRILL' ? { startsAt: row.startsAt.toISOString(), minutes: row.minutes } : { on: row.on },
    title: titleOf(row, wording),
    description: [
      row.systemName === null
        ? null
        : message(locale, 'calendarFeed.system', { name: aboutOf(row, locale), code: row.systemCode }),
      nameIn(locale, row.organisationName, row.organisationNameEn),
      row.kind === 'DUTY' ? row.dataset : null,
    ]
      .filter((line) => line !== null)
      .join('\n'),
    url: `${wording.address}${path}`,
    category: message(locale, `calendarFeed.category.${row.kind}`),
    alarms: alarmsOf(row),
  };
}

function titleOf(row: Row, { locale, ruleTitle }: Wording): string {
  const about = aboutOf(row, locale);
  if (row.kind === 'DRILL') return message(locale, 'calendarFeed.drill', { title: row.title, about });
  const duty = (row.kind === 'DUTY' && row.itemTitle) || ruleTitle(row.policyId, row.ruleKey);
  if (row.kind === 'WAIVER') return message(locale, 'calendarFeed.waiver', { duty, about });
  const title = message(locale, 'calendarFeed.duty', { duty, about });
  const isLate = row.state === 'OVERDUE' || row.state === 'FAILED';
  return isLate ? message(locale, `calendarFeed.${row.state}`, { title }) : title;
}

function alarmsOf(row: Row): string[] {
  if (row.kind === 'DRILL') return DRILL_ALARMS;
  const leadDays = row.kind === 'DUTY' ? row.leadDays : [7, 0];
  const isLate = row.kind === 'DUTY' && (row.state === 'OVERDUE' || row.state === 'FAILED');
  return isLate ? [] : leadDays.flatMap((days) => ALARM_OF_LEAD[days] ?? []);
}

function pathOf(row: Row): string {
  if (row.kind === 'DRILL') return `/drills/${row.id}`;
  if (row.kind === 'WAIVER') return `/systems/${row.systemId}?tab=obligations`;
  return dutyPath({ obligationId: row.id, systemId: row.systemId, improvementItemId: row.itemId });
}

function aboutOf(row: Row, locale: Locale): string {
  return row.systemName === null
    ? nameIn(locale, row.organisationName, row.organisationNameEn)
    : nameIn(locale, row.systemName, row.systemNameEn);
}

function nameIn(locale: Locale, name: string, nameEn: string | null): string {
  return (locale === 'en' && nameEn) || name;
}
