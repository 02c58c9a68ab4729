import { EvidenceFacts } from '../evidence/evidence';
import { judgeEvidence } from '../evidence/judge-evidence';
import { newest } from '../evidence/newest';
import { PolicyRules } from '../policy/rule';
import { CivilDate, addDays } from '../time/civil-date';
import { localDate, startOfDay } from '../time/zone';
import { Duty } from './derive-obligations';
import { judgeCopies } from './judge-copies';
import { judgeRecoveryPoint } from './judge-recovery-point';
import { leadDays } from './lead-time';
import { nextDue, reopenedDue } from './next-due';
import { Judgement, Moment, Ruling } from './obligation';

const AFTER_END_OF = (date: CivilDate, timeZone: string): Date => startOfDay(addDays(date, 1), timeZone);

/**
 * The state of one duty at an instant, with its reason (domain.md section 4). `evidence` is all that the system has; what does not
 * belong to the duty is passed over. A ruling in force goes before evidence, except that backups of a HIGH system cannot be waived
 * (`isWaivable`), which is refused when the waiver is asked for.
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
  const passed = newest(accepted.filter((record) => record.outcome === 'PASSED'));
  const failed = newest(accepted.filter((record) => record.outcome === 'FAILED'));
  const performedOn = passed && localDate(passed.performedAt, timeZone);
  const byCadence =
    performedOn && duty.terms.cadence ? nextDue(performedOn, duty.terms.cadence, duty.rule.anchor) : null;
  const dueOn =
    performedOn && duty.rule.kind === 'REVIEW'
      ? reopenedDue(byCadence, performedOn, duty.changedOn, reviewAfterChange)
      : byCadence;
  // A failure never moves the due day: it stays where the last pass, or the first grace, put it.
  if (failed && (!passed || failed.performedAt >= passed.performedAt)) {
    const due = passed ? dueOn : duty.firstDueOn;
    return {
      state: 'FAILED',
      reason: { code: 'LAST_PROOF_FAILED', params: { performedOn: localDate(failed.performedAt, timeZone) } },
      dueOn: due,
      dueAt: due ? AFTER_END_OF(due, timeZone) : null,
      since: failed.performedAt,
      evidenceId: failed.id,
      attentionAt: null,
    };
  }
  if (!passed || !performedOn) return null;
  const proof = { dueOn, evidenceId: passed.id };
  if (!dueOn)
    return {
      ...proof,
      state: 'MET',
      reason: { code: 'PROVEN', params: { performedOn } },
      dueAt: null,
      since: passed.performedAt,
      attentionAt: null,
    };
  const dueAt = AFTER_END_OF(dueOn, timeZone);
  const reopened = dueOn !== byCadence;
  if (asOf >= dueAt) {
    const code = reopened ? 'CHANGED_SINCE_REVIEW_OVERDUE' : 'PROOF_EXPIRED';
    return {
      ...proof,
      state: 'OVERDUE',
      reason: { code, params: { dueOn, performedOn } },
      dueAt,
      since: dueAt,
      attentionAt: null,
    };
  }
  const lead = Math.max(0, ...leadDays(duty.rule.kind, duty.terms.cadence, grace));
  const soonAt = startOfDay(addDays(dueOn, -lead), timeZone);
  const since = soonAt > passed.performedAt ? soonAt : passed.performedAt;
  if (asOf >= soonAt) {
    const code = reopened ? 'CHANGED_SINCE_REVIEW' : 'PROOF_EXPIRES_SOON';
    return {
      ...proof,
      state: 'DUE_SOON',
      reason: { code, params: { dueOn, performedOn } },
      dueAt,
      since,
      attentionAt: dueAt,
    };
  }
  return {
    ...proof,
    state: 'MET',
    reason: { code: 'PROVEN_UNTIL', params: { dueOn, performedOn } },
    dueAt,
    since: passed.performedAt,
    attentionAt: soonAt,
  };
}

/** Nothing has ever been accepted: unknown inside the first grace, overdue after it. */
function judgeUnproven(duty: Duty, { asOf, timeZone }: Moment): Judgement {
  const dueOn = duty.firstDueOn;
  const dueAt = AFTER_END_OF(dueOn, timeZone);
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

function judgeRuling(duty: Duty, rulings: readonly Ruling[], { asOf, timeZone }: Moment): Judgement | null {
  const inForce = rulings.filter(
    (ruling) =>
      ruling.ruleKey === duty.rule.key &&
      (ruling.backupRequirementId === null || ruling.backupRequirementId === duty.backupRequirementId) &&
      ruling.grantedAt <= asOf &&
      (ruling.expiresOn === null || asOf < AFTER_END_OF(ruling.expiresOn, timeZone)),
  );
  const ruling = inForce.find(({ state }) => state === 'NOT_APPLICABLE') ?? inForce[0];
  if (!ruling) return null;
  const endsAt = ruling.expiresOn ? AFTER_END_OF(ruling.expiresOn, timeZone) : null;
  return {
    state: ruling.state,
    reason: { code: ruling.state, params: { expiresOn: ruling.expiresOn } },
    dueOn: ruling.expiresOn,
    dueAt: endsAt,
    since: ruling.grantedAt,
    evidenceId: null,
    attentionAt: endsAt,
  };
}
