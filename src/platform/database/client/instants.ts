import { types } from 'pg';

const { TIMESTAMPTZ } = types.builtins;
const IN_UTC = '+00';
const LONGEST_INSTANT = '2026-11-23 00:00:00.123456+00'.length;
const parseInstant = types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date | number | null;

/** Instants of four-digit years in UTC, which are almost all, are left to the engine's own reading of dates, which takes half of the driver's time. */
function instantOf(text: string): Date | number | null {
  if (!text.endsWith(IN_UTC) || text.charAt(4) !== '-' || text.length > LONGEST_INSTANT) return parseInstant(text);
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -IN_UTC.length)}Z`);
}

/** How values are read, as the driver asks for it. */
export const TYPES = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === TIMESTAMPTZ && format !== 'binary' ? instantOf : types.getTypeParser(oid, format as 'text'),
};
