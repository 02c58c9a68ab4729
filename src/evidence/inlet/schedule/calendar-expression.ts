const WORDS: Readonly<Record<string, string>> = {
  hourly: '0 * * * *',
  daily: '0 0 * * *',
  weekly: '0 0 * * 1',
  monthly: '0 0 1 * *',
};
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const EXPRESSION = new RegExp(
  `^(?:(${DAY}(?:\\.\\.${DAY})?(?:,${DAY}(?:\\.\\.${DAY})?)*) +)?(?:\\*-\\*-(\\*|[0-3]?\\d) +)?([01]?\\d|2[0-3]):([0-5]\\d)(?::00)?$`,
  'i',
);

/**
 * The crontab line of a calendar expression as timers of systemd have it, as far as it says a time of day on days of the week or of the month:
 * `daily`, `Mon..Fri 02:30`, `*-*-01 04:00`.
 * @throws Error for any other.
 */
export function cronOfCalendar(expression: string): string {
  const text = expression.trim();
  const word = WORDS[text.toLowerCase()];
  if (word) return word;
  const [, days, dayOfMonth = '*', hour, minute] = EXPRESSION.exec(text) ?? [];
  if (hour === undefined || minute === undefined) throw new Error(`${text} is no calendar expression that is known`);
  const weekdays = days ? days.toUpperCase().replaceAll('..', '-') : '*';
  return `${Number(minute)} ${Number(hour)} ${dayOfMonth === '*' ? '*' : Number(dayOfMonth)} * ${weekdays}`;
}
