import { Reason } from '../../core/readiness/reason';
import { Calendar, formatBytes, formatCalendarPeriod, formatDate, formatDuration, formatInstant } from './format';
import { Locale, message } from './messages';

/** A reason as the API answers it: the code and parameters for programs, the sentence for people. */
export interface RenderedReason {
  code: string;
  params: Record<string, string | number | null>;
  text: string;
}

/** What turns a reason into words: the language, the zone of instants, the calendar of dates (Gregorian when absent), and the titles of the rules it may name. */
export interface Wording {
  locale: Locale;
  timeZone: string;
  calendar?: Calendar;
  ruleTitle: (ruleKey: string) => string;
}

const WORDS: Readonly<Record<string, string>> = {
  tier: 'tier',
  target: 'target',
  aspect: 'aspect',
  tightening: 'tightening',
};

/** The sentence of a reason. A parameter is worded by its name: `…On` a day, `…At` an instant, `…inutes` a duration, `…Period` a calendar period, `…ytes` an amount, `ruleKey` a title. */
export function renderReason(reason: Reason, wording: Wording): RenderedReason {
  const { locale, timeZone, calendar } = wording;
  const words = Object.entries(reason.params).map(([name, value]): [string, unknown] => {
    if (value === null) return [name, '—'];
    if (name === 'ruleKey') return ['rule', wording.ruleTitle(String(value))];
    if (name.endsWith('On')) return [name, formatDate(locale, String(value), calendar)];
    if (name.endsWith('At')) return [name, formatInstant(locale, new Date(value), timeZone, calendar)];
    if (/minutes$/i.test(name)) return [name, formatDuration(locale, Number(value))];
    if (/bytes$/i.test(name)) return [name, formatBytes(Number(value))];
    if (name.endsWith('Period')) return [name, formatCalendarPeriod(locale, String(value))];
    const group = WORDS[name];
    return [name, group ? message(locale, `${group}.${value}`) : value];
  });
  return {
    code: reason.code,
    params: { ...reason.params },
    text: message(locale, `reason.${reason.code}`, Object.fromEntries(words)),
  };
}
