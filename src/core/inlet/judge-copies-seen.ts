import type { Reason } from '../readiness/reason';
import { recoveryPointLimits } from '../evidence/recovery-point';

/** A declared copy, and the newest point that a tool has reported of it. */
export interface DeclaredCopy {
  site: string;
  /** Whether it protects against what the others do not: another place, no connection, or no change. */
  protective: boolean;
  /** Whether any tool reports of it. */
  reported: boolean;
  newestPointAt: Date | null;
}

/**
 * What is missing of the copies that a requirement declares (docs/backup-tools.md): one that nobody reports of, and one whose newest point is
 * older than the recovery point objective. Only copies that protect in a way of their own are asked after: the others are behind the same wall.
 */
export function judgeCopiesSeen(copies: readonly DeclaredCopy[], rpoMinutes: number, asOf: Date): Reason[] {
  return copies
    .filter(({ protective }) => protective)
    .flatMap(({ site, reported, newestPointAt }): Reason[] => {
      if (!reported) return [{ code: 'COPY_NOT_REPORTED', params: { site } }];
      if (newestPointAt && asOf <= recoveryPointLimits(newestPointAt, rpoMinutes).lateAt) return [];
      return [{ code: 'COPY_OUTDATED', params: { site, lastAt: newestPointAt?.toISOString() ?? null } }];
    });
}
