import { newId } from '../../src/platform/database/id';
import { MARK } from './records';
import type { Records } from './records';

/** Reminders as the sweep would have written them. */
export function reminderMakers(records: Records): Readonly<Record<string, () => Promise<string>>> {
  const told = () => records.of('/reminders/{id}');
  return {
    '/me/inbox': told,
    /** An escalation to the owner. */
    '/reminders': async () => {
      const [id, systemId] = [newId(), await records.system()];
      await records.app.database.query(
        `INSERT INTO reminder (id, obligation_id, system_id, rule_key, occurrence, stage, audience, offset_days, planned_on, recipient_id, channel, status)
         SELECT $1, id, $2, rule_key, 'DUE:2026-11-01', 'ESCALATION', 'MANAGER', 3, '2026-11-05', $3, 'MAIL', 'PENDING'
         FROM obligation WHERE system_id = $2 LIMIT 1`,
        [id, systemId, records.app.world.people[records.home.owner]],
      );
      return id;
    },
    '/snoozes': async () => {
      const obligation = await records.of('/obligations/{id}');
      const owner = await records.app.as(records.home.owner);
      const snooze = { reason: MARK, untilOn: '2026-11-25' };
      const { status, body } = await owner.post(`/obligations/${obligation}/snoozes`, snooze);
      if (status !== 201) throw new Error(`No snooze: ${status} ${JSON.stringify(body)}`);
      return body.id as string;
    },
  };
}
