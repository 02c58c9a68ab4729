import { EvidenceFacts } from '../evidence/evidence';
import { judgeEvidence } from '../evidence/judge-evidence';
import { newest } from '../evidence/newest';
import { PolicyRules } from '../policy/rule';
import { Reason } from '../readiness/reason';
import { addDays, CivilDate, laterOf } from '../time/civil-date';
import { localDate, startOfDay } from '../time/zone';
import { ApprovedVersion, Duty } from './derive-obligations';
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
    (record) => judgeEvidence(duty.rule, duty.backupRequirementId, record, moment.knownUntil ?? moment.asOf) === null,
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
  const changedOn = lastChange(duty, timeZone);
  const dueOn = rule.kind === 'REVIEW' ? reopenedDue(byCadence, performedOn, changedOn, reviewAfterChange) : byCadence;
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
  const soonAt = startOfDay(reopened ? laterOf(leadFrom, changedOn ?? leadFrom) : leadFrom, timeZone);
  if (asOf < soonAt) {
    const outdated = rule.kind === 'DRILL' ? outdatedDrill(duty, passed.performedAt, dueOn, timeZone) : null;
    return { ...met, reason: outdated ?? { code: 'PROVEN_UNTIL', params }, dueAt, attentionAt: soonAt };
  }
  const code = reopened ? 'CHANGED_SINCE_REVIEW' : 'PROOF_EXPIRES_SOON';
  return { ...met, state: 'DUE_SOON', reason: { code, params }, dueAt, since: soonAt, attentionAt: dueAt };
}

/** The day of the last change that the review rests on: of the system, and for the contacts of the procedures that name them. */
function lastChange({ changedOn, rule, approvedVersions }: Duty, timeZone: string): CivilDate | null {
  if (rule.metBy?.subject !== 'CONTACTS') return changedOn;
  const days = approvedVersions.flatMap(({ contactsChanged, approvedAt }) =>
    contactsChanged ? [localDate(approvedAt, timeZone)] : [],
  );
  const [first, ...rest] = changedOn ? [changedOn, ...days] : days;
  return first ? laterOf(first, ...rest) : null;
}

/** A drill stays a proof when something changes after it, and says of which state it is one (domain.md section 4). */
function outdatedDrill(duty: Duty, performedAt: Date, dueOn: CivilDate, timeZone: string): Reason | null {
  const performedOn = localDate(performedAt, timeZone);
  const newer = duty.approvedVersions.filter(({ approvedAt }) => approvedAt > performedAt);
  const inForce = newer.reduce<ApprovedVersion | null>(
    (last, version) => (last && last.approvedAt >= version.approvedAt ? last : version),
    null,
  );
  const drilled = duty.approvedVersions.filter(
    ({ procedureId, approvedAt }) => procedureId === inForce?.procedureId && approvedAt <= performedAt,
  );
  if (inForce && drilled.length > 0) {
    const drilledVersion = Math.max(...drilled.map(({ version }) => version));
    return {
      code: 'DRILL_OF_OLDER_VERSION',
      params: { performedOn, dueOn, drilledVersion, version: inForce.version },
    };
  }
  const { changedOn } = duty;
  if (!changedOn || changedOn <= performedOn) return null;
  return { code: 'DRILL_BEFORE_CHANGE', params: { performedOn, dueOn, changedOn } };
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
