import { EvidenceFacts } from '../evidence/evidence';
import { PolicyRules, RuleKind } from '../policy/rule';
import { Reason } from '../readiness/reason';
import { addDays, CivilDate, earlierOf, laterOf } from '../time/civil-date';
import { localDate, startOfDay } from '../time/zone';
import { ApprovedVersion, Duty } from './derive-obligations';
import { judgeCopies } from './judge-copies';
import { judgeFailure } from './judge-failure';
import { judgeRecoveryPoint } from './judge-recovery-point';
import { judgeRuling } from './judge-ruling';
import { leadDays } from './lead-time';
import { Judgement, Moment, Ruling, endOfDay } from './obligation';
import { acceptedFor, EasedStanding, easedStandingOf, Known, Standing, standingOf } from './standing';

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
  const { reviewAfterChange } = policy;
  const { timeZone, asOf, knownUntil = asOf } = moment;
  const known = { evidence, timeZone, knownUntil };
  if (!CONTINUOUS.includes(duty.rule.kind)) return judgePeriodic(duty, known, reviewAfterChange, grace, moment);
  const accepted = acceptedFor(duty.rule, duty.backupRequirementId, known);
  const judgement =
    duty.rule.kind === 'COPIES' ? judgeCopies(duty, accepted, moment) : judgeRecoveryPoint(duty, accepted, moment);
  return judgement ?? judgeUnproven(duty, duty.firstDueOn, moment);
}

/** What is judged by how it is, and not by when it was last proven. */
const CONTINUOUS: readonly RuleKind[] = ['RECOVERY_POINT', 'COPIES'];

function judgePeriodic(duty: Duty, known: Known, reviewAfterChange: string, grace: string, moment: Moment): Judgement {
  const { asOf, timeZone } = moment;
  const own = standingOf(duty, { rule: duty.rule, terms: duty.terms, reviewAfterChange }, known);
  const eased = duty.eased.length > 0 ? easedStandingOf(duty, own, known) : null;
  const { dueOn } = eased ?? own;
  // After the grace what is owed now is judged by itself: only that it has not been kept since the end of the grace is left of it.
  const inGrace = eased && asOf < endOfDay(eased.dueOn, timeZone) ? eased : null;
  const { accepted, passed, reopenedBy } = inGrace ?? own;
  const failed = judgeFailure(accepted, dueOn, timeZone);
  if (failed) return failed;
  if (!passed) return judgeUnproven(duty, dueOn ?? duty.firstDueOn, moment);
  const performedOn = localDate(passed.performedAt, timeZone);
  const met = { state: 'MET', dueOn, since: passed.performedAt, evidenceId: passed.id } as const;
  if (!dueOn) return { ...met, reason: { code: 'PROVEN', params: { performedOn } }, dueAt: null, attentionAt: null };
  const dueAt = endOfDay(dueOn, timeZone);
  const params = { dueOn, performedOn };
  if (asOf >= dueAt) {
    const code = reopenedBy ? 'CHANGED_SINCE_REVIEW_OVERDUE' : 'PROOF_EXPIRED';
    return { ...met, state: 'OVERDUE', reason: { code, params }, dueAt, since: dueAt, attentionAt: null };
  }
  const leadFrom = addDays(dueOn, -Math.max(0, ...leadDays(duty.rule.kind, duty.terms.cadence, grace)));
  const eases = inGrace && graceReason(inGrace, params);
  const soonAt = startOfDay(
    reopenedBy ? laterOf(leadFrom, reopenedBy) : inGrace ? soonInGrace(leadFrom, own, inGrace) : leadFrom,
    timeZone,
  );
  if (asOf < soonAt) {
    const outdated = duty.rule.kind === 'DRILL' ? outdatedDrill(duty, passed.performedAt, dueOn, timeZone) : null;
    return { ...met, reason: outdated ?? eases ?? { code: 'PROVEN_UNTIL', params }, dueAt, attentionAt: soonAt };
  }
  const reason: Reason = reopenedBy
    ? { code: 'CHANGED_SINCE_REVIEW', params }
    : (eases ?? { code: 'PROOF_EXPIRES_SOON', params });
  return { ...met, state: 'DUE_SOON', reason, dueAt, since: soonAt, attentionAt: dueAt };
}

/** Null for what is due before more is asked at all. */
function graceReason({ dueOn, grace: { by, sinceOn } }: EasedStanding, params: Reason['params']): Reason | null {
  return dueOn < sinceOn ? null : { code: 'IN_GRACE', params: { ...params, tightening: by, sinceOn } };
}

/**
 * What is too old by what is owed now waits for its proof from the first day on which more is asked, not only from the lead time before the end of the grace; and
 * not before that day, unless it would by the former terms.
 */
function soonInGrace(
  leadFrom: CivilDate,
  own: Standing,
  { dueOn, grace: { sinceOn, untilOn } }: EasedStanding,
): CivilDate {
  const expiredOn = own.dueOn ? addDays(own.dueOn, 1) : sinceOn;
  const soonOn = earlierOf(leadFrom, laterOf(sinceOn, expiredOn));
  return dueOn === untilOn ? laterOf(sinceOn, soonOn) : soonOn;
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
function judgeUnproven(duty: Duty, dueOn: CivilDate, { asOf, timeZone }: Moment): Judgement {
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
