import { EvidenceFacts } from '../evidence/evidence';
import { judgeEvidence } from '../evidence/judge-evidence';
import { newest } from '../evidence/newest';
import { PolicyRules } from '../policy/rule';
import { addDays, laterOf } from '../time/civil-date';
import { localDate, startOfDay } from '../time/zone';
import { Duty } from './derive-obligations';
import { judgeCopies } from './judge-copies';
import { judgeFailure } from './judge-failure';
import { judgeRecoveryPoint } from './judge-recovery-point';
import { judgeRuling } from './judge-ruling';
import { leadDays } from './lead-time';
import { dueBy, nextDue, reopenedDue } from './next-due';
import { Judgement, Moment, Ruling, endOfDay } from './obligation';

/**
 * The state of one duty at an instant, with its reason (domain.md section 4). `evidence` is all that the system has; what does not
 * belong to the duty is passed over. A ruling in force goes before evidence.
 */
export function judgeDuty(
  duty: Duty,
  evidence: readonly EvidenceFacts[],
  rulings: readonly Ruling[],
  policy: PolicyRules,
  grace: string,
  moment: Moment,
): Judgement {
  const ruled = judgeRuling(duty, rulings, moment);
  if (ruled) return ruled;
  const accepted = evidence.filter(
    (record) => judgeEvidence(duty.rule, duty.backupRequirementId, record, moment.asOf) === null,
  );
  const judgement =
    duty.rule.kind === 'RECOVERY_POINT'
      ? judgeRecoveryPoint(duty, accepted, moment)
      : duty.rule.kind === 'COPIES'
        ? judgeCopies(duty, accepted)
        : judgePeriodic(duty, accepted, policy.reviewAfterChange, grace, moment);
  return judgement ?? judgeUnproven(duty, moment);
}

function judgePeriodic(
  duty: Duty,
  accepted: readonly EvidenceFacts[],
  reviewAfterChange: string,
  grace: string,
  { asOf, timeZone }: Moment,
): Judgement | null {
  const passed = newest(accepted.filter(({ outcome }) => outcome === 'PASSED'));
  if (!passed) return judgeFailure(accepted, duty.firstDueOn, timeZone);
  const { rule, terms } = duty;
  const performedOn = localDate(passed.performedAt, timeZone);
  const byCadence = dueBy(
    terms.cadence ? nextDue(performedOn, terms.cadence, rule.anchor) : null,
    performedOn,
    duty.dueByOn,
  );
  const dueOn =
    rule.kind === 'REVIEW' ? reopenedDue(byCadence, performedOn, duty.changedOn, reviewAfterChange) : byCadence;
  const failed = judgeFailure(accepted, dueOn, timeZone);
  if (failed) return failed;
  const met = { state: 'MET', dueOn, since: passed.performedAt, evidenceId: passed.id } as const;
  if (!dueOn) return { ...met, reason: { code: 'PROVEN', params: { performedOn } }, dueAt: null, attentionAt: null };
  const dueAt = endOfDay(dueOn, timeZone);
  const reopened = dueOn !== byCadence;
  const params = { dueOn, performedOn };
  if (asOf >= dueAt) {
    const code = reopened ? 'CHANGED_SINCE_REVIEW_OVERDUE' : 'PROOF_EXPIRED';
    return { ...met, state: 'OVERDUE', reason: { code, params }, dueAt, since: dueAt, attentionAt: null };
  }
  const leadFrom = addDays(dueOn, -Math.max(0, ...leadDays(rule.kind, terms.cadence, grace)));
  const soonAt = startOfDay(reopened ? laterOf(leadFrom, duty.changedOn ?? leadFrom) : leadFrom, timeZone);
  if (asOf < soonAt) return { ...met, reason: { code: 'PROVEN_UNTIL', params }, dueAt, attentionAt: soonAt };
  const code = reopened ? 'CHANGED_SINCE_REVIEW' : 'PROOF_EXPIRES_SOON';
  return { ...met, state: 'DUE_SOON', reason: { code, params }, dueAt, since: soonAt, attentionAt: dueAt };
}

/** Nothing has ever been accepted: unknown inside the first grace, overdue after it. */
function judgeUnproven(duty: Duty, { asOf, timeZone }: Moment): Judgement {
  const dueOn = duty.firstDueOn;
  const dueAt = endOfDay(dueOn, timeZone);
  const undeclared = duty.rule.scope === 'BACKUP_REQUIREMENT' && duty.backupRequirementId === null;
  const overdue = asOf >= dueAt;
  return {
    state: overdue ? 'OVERDUE' : 'UNKNOWN',
    reason: {
      code: `${undeclared ? 'NO_BACKUP_REQUIREMENT' : 'NEVER_PROVEN'}${overdue ? '_OVERDUE' : ''}`,
      params: { dueOn },
    },
    dueOn,
    dueAt,
    since: overdue ? dueAt : startOfDay(duty.owedSinceOn, timeZone),
    evidenceId: null,
    attentionAt: overdue ? null : dueAt,
  };
}
