import { RULE_KINDS } from '../policy/rule';
import { Reason } from '../readiness/reason';
import { CivilDate, addDays } from '../time/civil-date';
import { startOfDay } from '../time/zone';

/** The states of an obligation, worst first among the applicable ones; exactly one holds at an instant (domain.md section 4). */
export const STATES = ['FAILED', 'OVERDUE', 'UNKNOWN', 'DUE_SOON', 'MET', 'WAIVED', 'NOT_APPLICABLE'] as const;
export type ObligationState = (typeof STATES)[number];

/** How an obligation came to be owed: by a rule of the policy, or by an improvement item, whatever the policy says. */
export const OBLIGATION_KINDS = [...RULE_KINDS, 'IMPROVEMENT'] as const;
export type ObligationKind = (typeof OBLIGATION_KINDS)[number];

/** States that need somebody to act now. */
export const RED_STATES: readonly ObligationState[] = ['FAILED', 'OVERDUE'];

/** When and where a judgement is made: the instant, and the zone whose civil days count. */
export interface Moment {
  asOf: Date;
  timeZone: string;
  /** What is dated later is not known; without it, what is dated after `asOf`. */
  knownUntil?: Date;
}

/** How far a clock may be set back, or that of another machine be behind, without a record of before being taken for one of the future. */
const SET_BACK_MS = 24 * 3_600_000;

/** The moment of a judgement of today. Records cannot be dated later than they were made, so whatever there is has happened. */
export function present(now: Date, timeZone: string): Required<Moment> {
  return { asOf: now, timeZone, knownUntil: new Date(now.getTime() + SET_BACK_MS) };
}

/** The first instant after a civil day: until then a duty due on that day may still be met, and a ruling that ends with it holds. */
export function endOfDay(date: CivilDate, timeZone: string): Date {
  return startOfDay(addDays(date, 1), timeZone);
}

/** What one rule says of one system (or one of its backup requirements) at an instant. */
export interface Judgement {
  state: ObligationState;
  reason: Reason;
  /** The last civil day on which the duty still counts as met; null when only a fact, not the calendar, can change it. */
  dueOn: string | null;
  /** The instant from which it is overdue. */
  dueAt: Date | null;
  /** The instant at which the present state began; for a failure the first one since the last pass. */
  since: Date | null;
  /** The evidence that the judgement rests on. */
  evidenceId: string | null;
  /** The next instant at which time alone changes the state or the reason; null when it cannot. */
  attentionAt: Date | null;
}

/** A permission (WAIVED) or an exclusion (NOT_APPLICABLE), given by a named approver, for one rule of one system. */
export interface Ruling {
  state: 'WAIVED' | 'NOT_APPLICABLE';
  ruleKey: string;
  /** Null: for every backup requirement of the system. */
  backupRequirementId: string | null;
  grantedAt: Date;
  /** The last civil day it holds; only an exclusion may be without end. */
  expiresOn: string | null;
}
