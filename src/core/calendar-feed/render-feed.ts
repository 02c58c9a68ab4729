import { addDays, type CivilDate } from '../time/civil-date';
import type { EntryTime, ToldEntry } from './calendar-entry';
import { icalLine, icalText } from './ical-text';

/** A feed with what is told of it as a whole. */
export interface Feed {
  name: string;
  description: string;
  /** How often programs are asked to look, as an ISO 8601 duration. */
  refresh: string;
  told: readonly ToldEntry[];
}

const MINUTE_MS = 60_000;

/** The feed as iCalendar (RFC 5545, the names of the feed by RFC 7986). The same feed gives the same bytes. */
export function renderFeed({ name, description, refresh, told }: Feed): string {
  const [nameText, descriptionText] = [icalText(name), icalText(description)];
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sonae//Calendar feed//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${nameText}`,
    `X-WR-CALNAME:${nameText}`,
    `DESCRIPTION:${descriptionText}`,
    `X-WR-CALDESC:${descriptionText}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${refresh}`,
    `X-PUBLISHED-TTL:${refresh}`,
    ...told.flatMap(eventLines),
    'END:VCALENDAR',
  ]
    .map(icalLine)
    .join('');
}

function eventLines({ entry, sequence, changedAt, endedAt }: ToldEntry): string[] {
  const stamp = instantText(changedAt);
  const alarms = endedAt === null ? entry.alarms : [];
  return [
    'BEGIN:VEVENT',
    `UID:${icalText(entry.uid)}`,
    `DTSTAMP:${stamp}`,
    `LAST-MODIFIED:${stamp}`,
    `SEQUENCE:${sequence}`,
    ...timeLines(entry.time),
    `SUMMARY:${icalText(entry.title)}`,
    `DESCRIPTION:${icalText(entry.description)}`,
    `URL:${encodeURI(entry.url)}`,
    `CATEGORIES:${icalText(entry.category)}`,
    `STATUS:${endedAt === null ? 'CONFIRMED' : 'CANCELLED'}`,
    ...alarms.flatMap((trigger) => alarmLines(trigger, entry.title)),
    'END:VEVENT',
  ];
}

/** A whole day ends before the next and keeps nobody busy; a drill does. */
function timeLines(time: EntryTime): string[] {
  if ('on' in time)
    return [
      `DTSTART;VALUE=DATE:${dayText(time.on)}`,
      `DTEND;VALUE=DATE:${dayText(addDays(time.on, 1))}`,
      'TRANSP:TRANSPARENT',
    ];
  const start = new Date(time.startsAt);
  const end = new Date(start.getTime() + time.minutes * MINUTE_MS);
  return [`DTSTART:${instantText(start)}`, `DTEND:${instantText(end)}`, 'TRANSP:OPAQUE'];
}

function alarmLines(trigger: string, title: string): string[] {
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:${trigger}`, `DESCRIPTION:${icalText(title)}`, 'END:VALARM'];
}

function dayText(day: CivilDate): string {
  return day.replaceAll('-', '');
}

function instantText(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
