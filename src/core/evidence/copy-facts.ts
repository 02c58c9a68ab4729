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
