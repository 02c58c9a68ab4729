import * as fc from 'fast-check';
import type { CivilDate } from '../../src/core/time/civil-date';

/** Any civil date from `first` to `last`, both included. */
export function civilDates(first: CivilDate = '1900-01-01', last: CivilDate = '2200-12-31'): fc.Arbitrary<CivilDate> {
  return fc
    .date({ min: new Date(first), max: new Date(last), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
}
