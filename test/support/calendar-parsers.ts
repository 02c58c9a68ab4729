import ICAL from 'ical.js';
import ical from 'node-ical';
import { convertIcsCalendar } from 'ts-ics';

/** What a calendar program makes of one event. */
export interface ParsedEvent {
  uid: string;
  /** `2028-02-29` of a whole day, else the instant. */
  start: string;
  end: string;
  status: string;
  sequence: number;
  title: string;
}

const byUid = (events: ParsedEvent[]): ParsedEvent[] => events.sort((a, b) => (a.uid < b.uid ? -1 : 1));
const local = (day: Date): string =>
  [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** The events of a feed as three readers that know nothing of each other, nor of the writer, understand them. */
export const PARSERS: readonly (readonly [string, (text: string) => ParsedEvent[]])[] = [
  [
    'ical.js',
    (text) => {
      const told = (time: ICAL.Time): string => (time.isDate ? time.toString() : time.toJSDate().toISOString());
      const calendar = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
      return byUid(
        calendar.getAllSubcomponents('vevent').map((component) => {
          const { uid, startDate, endDate, summary, sequence } = new ICAL.Event(component);
          const status = String(component.getFirstPropertyValue('status'));
          return {
            uid,
            start: told(startDate),
            end: told(endDate),
            status,
            sequence: Number(sequence),
            title: summary,
          };
        }),
      );
    },
  ],
  [
    'node-ical',
    (text) =>
      byUid(
        Object.values(ical.sync.parseICS(text)).flatMap((event) => {
          if (event?.type !== 'VEVENT') return [];
          const told = (day: Date): string => (event.datetype === 'date' ? local(day) : day.toISOString());
          const { uid, start, end, status, sequence, summary } = event;
          const [title, last] = [String(summary), end as Date];
          return [
            { uid, start: told(start), end: told(last), status: String(status), sequence: Number(sequence), title },
          ];
        }),
      ),
  ],
  [
    'ts-ics',
    (text) => {
      const told = ({ type, date }: { type?: string; date: Date }): string =>
        type === 'DATE' ? date.toISOString().slice(0, 10) : date.toISOString();
      return byUid(
        (convertIcsCalendar(undefined, text).events ?? []).map((event) => ({
          ...{ uid: event.uid, start: told(event.start), end: event.end ? told(event.end) : '' },
          ...{ status: String(event.status), sequence: event.sequence ?? 0, title: event.summary },
        })),
      );
    },
  ],
];
