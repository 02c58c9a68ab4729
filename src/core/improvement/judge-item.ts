import { leadDaysWithin } from '../obligation/lead-time';
import { endOfDay, Judgement, Moment } from '../obligation/obligation';
import { Occasion } from '../reminder/reminder-plan';
import { Tier } from '../importance/tier';
import { CivilDate, daysBetween } from '../time/civil-date';
import { localDate } from '../time/zone';

/** An improvement item that is neither closed nor cancelled, as far as it is owed. */
export interface ItemFacts {
  id: string;
  title: string;
  openedAt: Date;
  dueOn: CivilDate;
}

/**
 * The state of an open item (domain.md section 4): nothing has proven yet that it is done, and after its day it is overdue. It is never MET:
 * an item that is closed is owed no longer.
 */
export function judgeItem({ title, openedAt, dueOn }: ItemFacts, { asOf, timeZone }: Moment): Judgement {
  const dueAt = endOfDay(dueOn, timeZone);
  const overdue = asOf >= dueAt;
  return {
    state: overdue ? 'OVERDUE' : 'UNKNOWN',
    reason: { code: overdue ? 'IMPROVEMENT_OVERDUE' : 'IMPROVEMENT_OPEN', params: { title, dueOn } },
    dueOn,
    dueAt,
    since: overdue ? dueAt : openedAt,
    evidenceId: null,
    attentionAt: overdue ? null : dueAt,
  };
}

/** What there is to remind about: the day of the item, announced earlier the longer there was for it. */
export function occasionOfItem(
  { openedAt, dueOn }: ItemFacts,
  tier: Tier,
  timeZone: string,
): Occasion & { occurrence: string } {
  const days = daysBetween(localDate(openedAt, timeZone), dueOn);
  return { occurrence: `DUE:${dueOn}`, dueOn, leadDays: leadDaysWithin(days), tier };
}
