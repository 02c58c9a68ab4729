import { EvidenceFacts } from '../evidence/evidence';
import { newest } from '../evidence/newest';
import { CivilDate } from '../time/civil-date';
import { localDate } from '../time/zone';
import { Judgement, endOfDay } from './obligation';

/**
 * FAILED while the newest accepted evidence is a failure, also at the very instant of a pass; null otherwise (domain.md section 4).
 * It has lasted since the first failure after the last pass: were it counted anew from each, a check that fails every night
 * would never be escalated. A failure never moves the due day, so `dueOn` is what the last pass, or the first grace, made it.
 */
export function judgeFailure(
  accepted: readonly EvidenceFacts[],
  dueOn: CivilDate | null,
  timeZone: string,
): Judgement | null {
  const passed = newest(accepted.filter(({ outcome }) => outcome === 'PASSED'));
  const failures = accepted.filter(
    ({ outcome, performedAt }) => outcome === 'FAILED' && (!passed || performedAt >= passed.performedAt),
  );
  const last = newest(failures);
  if (!last) return null;
  const first = failures.reduce((earliest, record) => (record.performedAt < earliest.performedAt ? record : earliest));
  return {
    state: 'FAILED',
    reason: { code: 'LAST_PROOF_FAILED', params: { performedOn: localDate(last.performedAt, timeZone) } },
    dueOn,
    dueAt: dueOn ? endOfDay(dueOn, timeZone) : null,
    since: first.performedAt,
    evidenceId: last.id,
    attentionAt: null,
  };
}
