import { Judgement } from '../obligation/obligation';
import { leadDays } from '../obligation/lead-time';
import { Duty } from '../obligation/derive-obligations';
import { localDate } from '../time/zone';
import { Occasion } from './reminder-plan';

/**
 * What there is to remind about, or null when nobody has to do anything. `occurrence` names it in the ledger: a new due day or a new
 * failure is a new occurrence with reminders of its own. A recovery point is only spoken of once it is late, since its due
 * day moves with every backup.
 */
export function occasionOf(
  duty: Duty,
  judgement: Judgement,
  grace: string,
  timeZone: string,
): (Occasion & { occurrence: string }) | null {
  const { state, dueOn, since } = judgement;
  const continuous = duty.rule.kind === 'RECOVERY_POINT';
  const tier = duty.tier;
  if (state === 'WAIVED' || state === 'NOT_APPLICABLE') return null;
  if (state === 'FAILED' || (continuous && judgement.evidenceId)) {
    if (!since || state === 'MET') return null;
    const on = localDate(since, timeZone);
    return { occurrence: `${state}:${on}`, dueOn: on, leadDays: [0], tier };
  }
  if (!dueOn) return null;
  return { occurrence: `DUE:${dueOn}`, dueOn, leadDays: leadDays(duty.rule.kind, duty.terms.cadence, grace), tier };
}
