import { plusDays } from '../../ui/format/format';

/** A month as `2026-12`. */
export type Month = string;

const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);

export const monthOf = (date: string): Month => date.slice(0, 7);
export const firstOf = (month: Month): string => `${month}-01`;
export const lastOf = (month: Month): string => plusDays(firstOf(plusMonths(month, 1)), -1);

export function plusMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

/** 0 is Sunday. */
export const weekdayOf = (date: string): number => utc(date).getUTCDay();

/** The weeks of a month from Sunday to Saturday; null for the days of other months. */
export function weeksOf(month: Month): (string | null)[][] {
  const days = Number(lastOf(month).slice(8));
  const before = weekdayOf(firstOf(month));
  const cells = Array.from({ length: Math.ceil((before + days) / 7) * 7 }, (_, index) => {
    const day = index - before;
    return day < 0 || day >= days ? null : plusDays(firstOf(month), day);
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The fiscal year of a day: that of the April before it. */
export const fiscalYearOf = (date: string): number => Number(date.slice(0, 4)) - (Number(date.slice(5, 7)) < 4 ? 1 : 0);

/** The months of a fiscal year, April to March. */
export const monthsOfYear = (year: number): Month[] =>
  Array.from({ length: 12 }, (_, index) => plusMonths(`${year}-04`, index));
