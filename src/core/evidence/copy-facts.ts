import { CopyAspect, TierTerms } from '../policy/rule';
import { CopyFacts } from './evidence';

/** One copy that a backup requirement asks for, as far as it is counted. */
export interface CountedCopy {
  offsite: boolean;
  offline: boolean;
  immutable: boolean;
  encrypted: boolean;
}

/** What an approved requirement promises of its copies: one that is both offline and immutable counts once. */
export function countCopies(copies: readonly CountedCopy[]): CopyFacts {
  const count = (holds: (copy: CountedCopy) => boolean): number => copies.filter(holds).length;
  return {
    copies: copies.length,
    offsite: count(({ offsite }) => offsite),
    offlineOrImmutable: count(({ offline, immutable }) => offline || immutable),
    encrypted: count(({ encrypted }) => encrypted),
  };
}

/** An aspect of which there are fewer copies than wanted. A type and not an interface, so that it can be the parameters of a reason. */
export type CopyShortfall = { aspect: CopyAspect; needed: number; actual: number };

/** Where the copies are fewer or less protected than a rule wants, the most basic aspect first. */
export function copyShortfalls(actual: CopyFacts, wanted: NonNullable<TierTerms['copies']>): CopyShortfall[] {
  const counted = (aspect: CopyAspect, needed: number): CopyShortfall => ({ aspect, needed, actual: actual[aspect] });
  return [
    counted('copies', wanted.copies ?? 0),
    counted('offsite', wanted.offsite ?? 0),
    counted('offlineOrImmutable', wanted.offlineOrImmutable ?? 0),
    counted('encrypted', wanted.encrypted ? actual.copies : 0),
  ].filter((line) => line.actual < line.needed);
}
