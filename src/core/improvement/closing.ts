import { DrillType, EvidenceFacts } from '../evidence/evidence';

/** A proof that failed, and for a drill what it was announced as: that is what failed, whatever it would have counted as. */
export type FailedProof = Pick<EvidenceFacts, 'kind' | 'ruleKey' | 'backupRequirementId' | 'performedAt'> & {
  drillType: DrillType | null;
};

export type RetestCandidate = Omit<FailedProof, 'drillType'> & Pick<EvidenceFacts, 'outcome' | 'creditedDrillType'>;

/** Each type with those whose success shows as much or more. */
const AT_LEAST: Record<DrillType, readonly DrillType[]> = {
  TABLETOP: ['TABLETOP', 'FUNCTIONAL', 'FULL_SCALE'],
  FUNCTIONAL: ['FUNCTIONAL', 'FULL_SCALE'],
  FULL_SCALE: ['FULL_SCALE'],
  NOTIFICATION: ['NOTIFICATION'],
};

/** Whether a proof shows that what failed works again: passed later, about the same, and a drill of at least the type that failed. */
export function isRetest(failed: FailedProof, later: RetestCandidate): boolean {
  return (
    later.kind === failed.kind &&
    later.ruleKey === failed.ruleKey &&
    later.backupRequirementId === failed.backupRequirementId &&
    later.outcome === 'PASSED' &&
    later.performedAt > failed.performedAt &&
    (failed.drillType === null ||
      (later.creditedDrillType !== null && AT_LEAST[failed.drillType].includes(later.creditedDrillType)))
  );
}

/**
 * Whether `closerId` may say that the work is done (docs/domain.md section 4): neither the owner of the item nor the only one who reported progress, since
 * nobody approves what they did alone.
 */
export function mayClose(closerId: string, ownerId: string | null, reporterIds: readonly string[]): boolean {
  if (closerId === ownerId) return false;
  const others = [ownerId, ...reporterIds].filter((id) => id !== null && id !== closerId);
  return reporterIds.length === 0 || others.length > 0;
}
