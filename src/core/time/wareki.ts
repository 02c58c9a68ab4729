import { type CivilDate, parseCivilDate } from './civil-date';

// Intl knows the eras, and a new one arrives with the runtime. UTC on both sides, so that no day shifts.
const wareki = new Intl.DateTimeFormat('ja-JP-u-ca-japanese-nu-latn', { timeZone: 'UTC', dateStyle: 'long' });

/** The date in the Japanese era calendar (和暦): `令和8年5月3日`; the first year of an era is 元年. */
export function formatWareki(date: CivilDate): string {
  return wareki.format(Date.parse(parseCivilDate(date)));
}
