/** RPA/RPO: up to 1 fine, up to 2 late, above critical (domain.md section 4). */
export type RecoveryPointGrade = 'FINE' | 'LATE' | 'CRITICAL';

const MINUTE = 60_000;

/** When a recovery point of `pointAt` stops being fine and when it becomes critical. */
export function recoveryPointLimits(pointAt: Date, rpoMinutes: number): { lateAt: Date; criticalAt: Date } {
  return {
    lateAt: new Date(pointAt.getTime() + rpoMinutes * MINUTE),
    criticalAt: new Date(pointAt.getTime() + 2 * rpoMinutes * MINUTE),
  };
}

/** Grades the newest usable recovery point. A point exactly as old as the objective is still fine. */
export function gradeRecoveryPoint(pointAt: Date, rpoMinutes: number, asOf: Date): RecoveryPointGrade {
  const { lateAt, criticalAt } = recoveryPointLimits(pointAt, rpoMinutes);
  if (asOf <= lateAt) return 'FINE';
  return asOf <= criticalAt ? 'LATE' : 'CRITICAL';
}
