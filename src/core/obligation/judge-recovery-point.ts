import { EvidenceFacts } from '../evidence/evidence';
import { gradeRecoveryPoint, recoveryPointLimits } from '../evidence/recovery-point';
import { localDate } from '../time/zone';
import { Duty } from './derive-obligations';
import { Judgement, Moment } from './obligation';

const MILLISECOND = 1;

/**
 * Continuous duty: the newest usable point is not older than the objective (domain.md section 4). Only points count: verifying
 * yesterday's backup does not make it new, and a failed run shows when the last good point grows too old. Null without any point.
 */
export function judgeRecoveryPoint(
  duty: Duty,
  accepted: readonly EvidenceFacts[],
  { asOf, timeZone }: Moment,
): Judgement | null {
  const rpoMinutes = duty.rpoMinutes;
  const usable = accepted.filter(
    (record): record is EvidenceFacts & { recoveryPointAt: Date } =>
      record.outcome === 'PASSED' && record.recoveryPointAt !== null && record.recoveryPointAt <= asOf,
  );
  const [first, ...rest] = usable;
  if (!first || rpoMinutes === null) return null;
  const point = rest.reduce((best, record) => (record.recoveryPointAt > best.recoveryPointAt ? record : best), first);
  const pointAt = point.recoveryPointAt;
  const grade = gradeRecoveryPoint(pointAt, rpoMinutes, asOf);
  const { lateAt, criticalAt } = recoveryPointLimits(pointAt, rpoMinutes);
  const after = (instant: Date): Date => new Date(instant.getTime() + MILLISECOND);
  return {
    state: grade === 'FINE' ? 'MET' : 'OVERDUE',
    reason: { code: `RECOVERY_POINT_${grade}`, params: { pointAt: pointAt.toISOString(), rpoMinutes } },
    dueOn: localDate(lateAt, timeZone),
    dueAt: after(lateAt),
    since: grade === 'FINE' ? point.performedAt : after(lateAt),
    evidenceId: point.id,
    attentionAt: grade === 'FINE' ? after(lateAt) : grade === 'LATE' ? after(criticalAt) : null,
  };
}
