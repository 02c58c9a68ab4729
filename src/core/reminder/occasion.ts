import { Judgement } from '../obligation/obligation';
import { leadDays } from '../obligation/lead-time';
import { Duty } from '../obligation/derive-obligations';
import { laterOf } from '../time/civil-date';
import { localDate } from '../time/zone';
import { EXPIRY_NOTICE_DAYS } from '../waiver/waiver-limit';
import { Occasion } from './reminder-plan';

/**
 * What there is to remind about, or null when nobody has to do anything. `occurrence` names it in the ledger: a new due day or a new
 * failure is a new occurrence with reminders of its own. A recovery point is only spoken of once it is late, since its due
 * day moves with every backup. Nobody is told of days before the duty was owed: where a higher tier makes old proof too old, the
 * reminders begin on the day of the raise, not in the middle of an escalation. The end of a waiver is announced.
 */
export function occasionOf(
  duty: Duty,
  judgement: Judgement,
  grace: string,
  timeZone: string,
): (Occasion & { occurrence: string }) | null {
  const { state, dueOn, since } = judgement;
  const { rule, tier, terms, owedSinceOn } = duty;
  if (state === 'WAIVED' && dueOn) return { occurrence: `WAIVER:${dueOn}`, dueOn, leadDays: EXPIRY_NOTICE_DAYS, tier };
  if (state === 'WAIVED' || state === 'NOT_APPLICABLE') return null;
  if (state === 'FAILED' || (rule.kind === 'RECOVERY_POINT' && judgement.evidenceId)) {
    if (!since || state === 'MET') return null;
    const on = laterOf(localDate(since, timeZone), owedSinceOn);
    return { occurrence: `${state}:${on}`, dueOn: on, leadDays: [0], tier };
  }
  if (!dueOn) return null;
  const on = laterOf(dueOn, owedSinceOn);
  return { occurrence: `DUE:${on}`, dueOn: on, leadDays: leadDays(rule.kind, terms.cadence, grace), tier };
}
