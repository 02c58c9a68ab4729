import { EvidenceFacts } from '../evidence/evidence';
import { gradeRecoveryPoint, recoveryPointLimits } from '../evidence/recovery-point';
import { localDate } from '../time/zone';
import { Duty } from './derive-obligations';
import { judgeFailure } from './judge-failure';
import { Judgement, Moment } from './obligation';

type Point = EvidenceFacts & { recoveryPointAt: Date };

/**
 * Continuous duty: the newest usable point is not older than the objective (domain.md section 4). Only points count: verifying
 * yesterday's backup does not make it new, and a failed run after a good point shows when that point grows too old. FAILED when
 * there never was a point and the last run failed; null when there is nothing to judge.
 */
export function judgeRecoveryPoint(
  duty: Duty,
  accepted: readonly EvidenceFacts[],
  { asOf, timeZone }: Moment,
): Judgement | null {
  const { rpoMinutes } = duty;
  const [point] = accepted
    .filter((record): record is Point => record.outcome === 'PASSED' && record.recoveryPointAt !== null)
    .sort(newestPointFirst);
  if (!point || rpoMinutes === null) return judgeFailure(accepted, duty.firstDueOn, timeZone);
  const pointAt = point.recoveryPointAt;
  const grade = gradeRecoveryPoint(pointAt, rpoMinutes, asOf);
  const { lateAt, criticalAt } = recoveryPointLimits(pointAt, rpoMinutes);
  return {
    state: grade === 'FINE' ? 'MET' : 'OVERDUE',
    reason: { code: `RECOVERY_POINT_${grade}`, params: { pointAt: pointAt.toISOString(), rpoMinutes } },
    dueOn: localDate(lateAt, timeZone),
    dueAt: justAfter(lateAt),
    since: grade === 'FINE' ? point.performedAt : justAfter(lateAt),
    evidenceId: point.id,
    attentionAt: grade === 'FINE' ? justAfter(lateAt) : grade === 'LATE' ? justAfter(criticalAt) : null,
  };
}

/** Of the same point told twice, the first telling: a later listing of an old point proves nothing new. */
function newestPointFirst(a: Point, b: Point): number {
  return (
    b.recoveryPointAt.getTime() - a.recoveryPointAt.getTime() ||
    a.performedAt.getTime() - b.performedAt.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}

/** A point exactly as old as the limit is still within it; the first millisecond after is not. */
function justAfter(limit: Date): Date {
  return new Date(limit.getTime() + 1);
}
