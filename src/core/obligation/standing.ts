import { EvidenceFacts } from '../evidence/evidence';
import { judgeEvidence } from '../evidence/judge-evidence';
import { newest } from '../evidence/newest';
import { Rule, TierTerms } from '../policy/rule';
import { CivilDate, earlierOf, laterOf } from '../time/civil-date';
import { localDate } from '../time/zone';
import { Duty } from './derive-obligations';
import { EasedTerms } from './eased-terms';
import { dueBy, nextDue, reopenedDue } from './next-due';

/** How long the newest pass of a periodic duty counts by some terms of it. */
export interface Standing {
  /** What counts for the rule, as a pass or a failure. */
  accepted: readonly EvidenceFacts[];
  passed: EvidenceFacts | null;
  /** The last day on which it counts, and without a pass the last day for the first; null when it counts for good. */
  dueOn: CivilDate | null;
  /** The day of the change that has brought the due day forward; null when none has. */
  reopenedBy: CivilDate | null;
}

/** The same by former terms: they give it a later due day, at most the end of the grace. */
export interface EasedStanding extends Standing {
  dueOn: CivilDate;
  grace: EasedTerms;
}

/** What is asked, now or before. */
export interface Asked {
  rule: Rule;
  terms: TierTerms;
  /** How long a review stands after a change. */
  reviewAfterChange: string;
}

/** All the evidence of the system, in which zone its days are and what of it is known. */
export interface Known {
  evidence: readonly EvidenceFacts[];
  timeZone: string;
  knownUntil: Date;
}

/** What of the evidence counts for a rule, for this backup requirement. */
export function acceptedFor(
  rule: Rule,
  backupRequirementId: string | null,
  { evidence, knownUntil }: Pick<Known, 'evidence' | 'knownUntil'>,
): EvidenceFacts[] {
  return evidence.filter((record) => judgeEvidence(rule, backupRequirementId, record, knownUntil) === null);
}

/** By what a duty asks now, or by what it asked. */
export function standingOf(duty: Duty, { rule, terms, reviewAfterChange }: Asked, known: Known): Standing {
  const { timeZone } = known;
  const accepted = acceptedFor(rule, duty.backupRequirementId, known);
  const passed = newest(accepted.filter(({ outcome }) => outcome === 'PASSED')) ?? null;
  if (!passed) return { accepted, passed, dueOn: duty.firstDueOn, reopenedBy: null };
  const performedOn = localDate(passed.performedAt, timeZone);
  const next = terms.cadence ? nextDue(performedOn, terms.cadence, rule.anchor) : null;
  const byCadence = dueBy(next, performedOn, duty.dueByOn);
  if (rule.kind !== 'REVIEW') return { accepted, passed, dueOn: byCadence, reopenedBy: null };
  const changedOn = lastChange(duty, rule, timeZone);
  const dueOn = reopenedDue(byCadence, performedOn, changedOn, reviewAfterChange);
  return { accepted, passed, dueOn, reopenedBy: dueOn === byCadence ? null : changedOn };
}

/**
 * By the former terms that give the latest due day: the earlier of what they say and the end of the grace. Null when none gives a later one than what is owed
 * now, so that nothing is excused that was overdue before (domain.md section 4).
 */
export function easedStandingOf(duty: Duty, own: Standing, known: Known): EasedStanding | null {
  if (known.evidence.length === 0) return null;
  let latest: EasedStanding | null = null;
  for (const grace of duty.eased) {
    const { former, untilOn } = grace;
    const was = former ? standingOf(duty, former, known) : { ...own, dueOn: null, reopenedBy: null };
    const dueOn = was.dueOn ? earlierOf(was.dueOn, untilOn) : untilOn;
    const last: CivilDate | null = latest?.dueOn ?? own.dueOn;
    if (hasFailed(was) && !hasFailed(own)) continue;
    if (was.passed && last !== null && dueOn > last)
      latest = { ...was, dueOn, reopenedBy: dueOn === was.dueOn ? was.reopenedBy : null, grace };
  }
  return latest;
}

const hasFailed = ({ accepted, passed }: Standing): boolean =>
  accepted.some(({ outcome, performedAt }) => outcome === 'FAILED' && (!passed || performedAt >= passed.performedAt));

/** The day of the last change that the review rests on: of the system, and for the contacts of the procedures that name them. */
function lastChange({ changedOn, approvedVersions }: Duty, rule: Rule, timeZone: string): CivilDate | null {
  if (rule.metBy?.subject !== 'CONTACTS') return changedOn;
  const days = approvedVersions.flatMap(({ contactsChanged, approvedAt }) =>
    contactsChanged ? [localDate(approvedAt, timeZone)] : [],
  );
  const [first, ...rest] = changedOn ? [changedOn, ...days] : days;
  return first ? laterOf(first, ...rest) : null;
}
