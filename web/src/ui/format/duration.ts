import { useTranslation } from 'react-i18next';

export const DURATION_UNITS = ['minutes', 'hours', 'days', 'months', 'years'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

interface Duration {
  amount: number;
  unit: DurationUnit;
}

const SHAPE = /^P(?:(\d+)Y|(\d+)M|(\d+)W|(\d+)D|T(?:(\d+)H)?(?:(\d+)M)?)$/;

/** Reads the ISO 8601 durations the service uses (`PT4H`, `PT90M`, `P7D`, `P6M`); `null` for any other. */
export function readDuration(iso: string): Duration | null {
  const found = SHAPE.exec(iso);
  if (!found) return null;
  const [, years, months, weeks, days, hours, minutes] = found;
  if (years) return { amount: Number(years), unit: 'years' };
  if (months) return { amount: Number(months), unit: 'months' };
  if (weeks) return { amount: Number(weeks) * 7, unit: 'days' };
  if (days) return { amount: Number(days), unit: 'days' };
  if (minutes) return { amount: Number(hours ?? 0) * 60 + Number(minutes), unit: 'minutes' };
  return hours ? { amount: Number(hours), unit: 'hours' } : null;
}

export function writeDuration({ amount, unit }: Duration): string {
  const letter = { minutes: 'M', hours: 'H', days: 'D', months: 'M', years: 'Y' }[unit];
  return unit === 'minutes' || unit === 'hours' ? `PT${amount}${letter}` : `P${amount}${letter}`;
}

const UNIT_MINUTES = { minutes: 1, hours: 60, days: 1440 } as const;

/** A duration of a fixed length in whole minutes; `null` for months and years, and for a shape unknown to the pages. */
export function minutesOf(iso: string): number | null {
  const duration = readDuration(iso);
  if (!duration || duration.unit === 'months' || duration.unit === 'years') return null;
  return duration.amount * UNIT_MINUTES[duration.unit];
}

/** Whole minutes as a duration, in the largest unit that holds them without a rest. */
export function durationOf(minutes: number): string {
  if (minutes > 0 && minutes % UNIT_MINUTES.days === 0) return `P${minutes / UNIT_MINUTES.days}D`;
  const isHours = minutes > 0 && minutes % UNIT_MINUTES.hours === 0;
  return isHours ? `PT${minutes / UNIT_MINUTES.hours}H` : `PT${minutes}M`;
}

const MEASURED = /^P(?<days>\d+)DT(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?$/;

/** The parts of a measured time of a day and more (`P1DT6H2M`), which nobody enters; none for any other. */
function partsOf(iso: string): Duration[] {
  const found = MEASURED.exec(iso)?.groups;
  if (!found) return [];
  const units = ['days', 'hours', 'minutes'] as const;
  return units.filter((unit) => found[unit]).map((unit) => ({ amount: Number(found[unit]), unit }));
}

/** `PT4H` as `4時間` or `4 hours`; a shape unknown to the pages is shown as it came. */
export function useDuration(): (iso: string | null | undefined) => string {
  const { t } = useTranslation();
  return (iso) => {
    if (!iso) return '—';
    const duration = readDuration(iso);
    const parts = duration ? [duration] : partsOf(iso);
    return parts.map(({ amount, unit }) => t(`duration.${unit}`, { count: amount })).join(' ') || iso;
  };
}
