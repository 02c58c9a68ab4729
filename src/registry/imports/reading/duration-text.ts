import { parseMinutes } from '../../../core/time/duration';

const WORDS =
  /^(?:(\d{1,6})(?:w|weeks?|週間?))?(?:(\d{1,6})(?:d|days?|日間?))?(?:(\d{1,6})(?:h|hrs?|hours?|時間))?(?:(\d{1,6})(?:m|mins?|minutes?|分間?))?$/;

/**
 * Whole minutes of a duration as registers write it: ISO 8601 (`PT4H`), or numbers with their unit (`4h`, `4 hours`, `４時間`, `1日12時間`, `30分`).
 * A bare number is refused, since it may be minutes, hours or days.
 * @returns null when it is none of these, or longer than `parseMinutes` allows.
 */
export function durationMinutes(text: string): number | null {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  try {
    return parseMinutes(plain.startsWith('p') ? plain.toUpperCase() : isoOf(plain));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isoOf(words: string): string {
  const match = words === '' ? null : WORDS.exec(words);
  if (!match) return words;
  const [weeks, days, hours, minutes] = match.slice(1).map((digits) => Number(digits ?? 0));
  return `P${(weeks ?? 0) * 7 + (days ?? 0)}DT${hours}H${minutes}M`;
}
