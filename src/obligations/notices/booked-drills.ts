import type { EntityManager } from 'typeorm';
import { isPlannedFor } from '../../core/drill/next-drill';
import type { DrillType } from '../../core/evidence/evidence';
import { localDate } from '../../core/time/zone';
import { type Calendar, formatDate } from '../../platform/messages/format';
import { type Locale, message } from '../../platform/messages/messages';
import type { RuleTitles } from '../rule-titles';

/** A duty of a reminder. */
export interface RemindedDuty {
  obligationId: string;
  systemId: string | null;
  policyId: string | null;
  ruleKey: string;
  dueOn: string | null;
}

/** What is known of the next drill of a duty that a drill meets. */
export type DrillBooking =
  { type: DrillType; booked: null } | { type: DrillType; booked: { id: string; title: string; on: string } };

/**
 * For each of the items that a drill meets: the first drill that is planned in time for it, or that there is none. Items of other duties are not
 * in the answer. `titles` has their policies loaded.
 */
export async function bookingsOf(
  m: EntityManager,
  items: readonly RemindedDuty[],
  titles: RuleTitles,
  timeZone: string,
): Promise<ReadonlyMap<string, DrillBooking>> {
  const duties = items.flatMap(({ obligationId, systemId, policyId, ruleKey, dueOn }) => {
    const types = titles.rule(policyId, ruleKey)?.metBy?.drillTypes;
    const [type] = types ?? [];
    return types && type && systemId ? [{ obligationId, systemId, types, type, dueOn: dueOn ?? NEVER }] : [];
  });
  if (duties.length === 0) return new Map();
  const planned = await m.query<{ id: string; systemId: string; type: DrillType; title: string; scheduledAt: Date }[]>(
    `SELECT id, system_id AS "systemId", type, title, scheduled_at AS "scheduledAt" FROM drill
     WHERE system_id = ANY($1::uuid[]) AND kind = 'DRILL' AND status IN ('PLANNED','UNDER_WAY') ORDER BY scheduled_at, id`,
    [duties.map(({ systemId }) => systemId)],
  );
  const drills = planned.map((drill) => ({ ...drill, on: localDate(drill.scheduledAt, timeZone) }));
  return new Map(
    duties.map(({ obligationId, systemId, type, types, dueOn }): [string, DrillBooking] => {
      // What is overdue is met by the next one all the same, however late.
      const found =
        drills.find((drill) => drill.systemId === systemId && isPlannedFor({ dueOn, types }, drill)) ??
        drills.find((drill) => drill.systemId === systemId && types.includes(drill.type));
      return [obligationId, { type, booked: found ? { id: found.id, title: found.title, on: found.on } : null }];
    }),
  );
}

/** In words: which drill is planned to meet the duty, or that one is to be planned. */
export function bookingText({ booked }: DrillBooking, locale: Locale, calendar?: Calendar): string {
  if (!booked) return message(locale, 'digest.notBooked');
  return message(locale, 'digest.booked', { title: booked.title, on: formatDate(locale, booked.on, calendar) });
}

/** The page of the drill, or the one that plans it. */
export function bookingPath({ type, booked }: DrillBooking, systemId: string): string {
  return booked ? `/drills/${booked.id}` : `/systems/${systemId}/drills/new?type=${type}`;
}

const NEVER = '9999-12-31';
