import { NumberFormat } from './number-formats';

const SECONDS_PER_DAY = 86_400;
/** Days from 0000-03-01 to the day before 1900-01-01, which is day 0 of the 1900 system. */
const DAY_ZERO_1900 = 693_900;
/** Days from 0000-03-01 to 1904-01-01, which is day 0 of the 1904 system. */
const DAY_ZERO_1904 = DAY_ZERO_1900 + 1_461;
/** 9999-12-31 in the 1900 system. */
const LAST_DAY_1900 = 2_958_465;

/**
 * The text of a stored number: a civil date `2026-11-23`, a civil date-time `2026-11-23T09:30:00`, a time of day `09:30`
 * or hours `36:00`, a padded number `011002`, or a plain decimal. A number that is no date stays a number.
 */
export function numberText(stored: string, format: NumberFormat, usesDates1904: boolean): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  if (format.kind === 'plain') return plainText(value);
  if (format.kind === 'padded') {
    const isCount = Number.isInteger(value) && value >= 0;
    return isCount ? plainText(value).padStart(format.digits, '0') : plainText(value);
  }
  return dateText(value, format.kind, usesDates1904) ?? plainText(value);
}

/** Spreadsheets calculate with 17 digits and show 15: 13.199999999999999 is 13.2. */
function plainText(value: number): string {
  const shown = Number(value.toPrecision(15));
  return Number.isInteger(shown) && Math.abs(shown) < 1e21 ? BigInt(shown).toString() : String(shown);
}

function dateText(
  value: number,
  kind: 'date' | 'dateTime' | 'time' | 'elapsed',
  usesDates1904: boolean,
): string | undefined {
  if (value < 0 || value > LAST_DAY_1900) return undefined;
  // To the second: 0.1 of a day is stored as a binary fraction.
  const seconds = Math.round(value * SECONDS_PER_DAY);
  const day = Math.floor(seconds / SECONDS_PER_DAY);
  const time = seconds % SECONDS_PER_DAY;
  const hasDay = usesDates1904 || day > 0;
  if (kind === 'elapsed') return clockText(seconds);
  if (kind === 'time' || (kind === 'dateTime' && !hasDay)) return clockText(time);
  if (!hasDay) return undefined;
  const date = civilDate(day, usesDates1904);
  return kind === 'date' ? date : `${date}T${clockText(time, true)}`;
}

function clockText(seconds: number, withSeconds = seconds % 60 !== 0): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return withSeconds ? `${clock}:${two(seconds % 60)}` : clock;
}

/** Day number to civil date. The 1900 system counts a 29 February 1900 that never was; that day has no date. */
function civilDate(day: number, usesDates1904: boolean): string {
  if (!usesDates1904 && day === 60) return '1900-02-29';
  const skipped = !usesDates1904 && day > 60 ? 1 : 0;
  const sinceMarch = (usesDates1904 ? DAY_ZERO_1904 : DAY_ZERO_1900) + day - skipped;
  // Years of this calendar begin in March, so that the leap day is the last of its year.
  const era = Math.floor(sinceMarch / 146_097);
  const dayOfEra = sinceMarch % 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}
