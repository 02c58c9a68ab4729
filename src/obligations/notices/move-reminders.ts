import { EntityManager } from 'typeorm';
import { unnest } from '../../platform/database/unnest';

/** A system in which a person is owner or deputy no longer, and who is it instead; `toId` is null when nobody takes the place. */
export interface MovedPlace {
  systemId: string;
  fromId: string;
  toId: string | null;
}

/**
 * Hands what people were still to be reminded of, as owners or deputies of systems, over to who takes their places, in one statement; where nobody does it
 * is cancelled. What the other is already to be told, or gets from two at once, is not told twice. A mail that is being sent at the moment goes its way.
 */
export async function moveReminders(m: EntityManager, moved: readonly MovedPlace[]): Promise<void> {
  if (moved.length === 0) return;
  const { source, values } = unnest(moved, { systemId: 'uuid', fromId: 'uuid', toId: 'uuid' }, 'moved');
  await m.query(
    `WITH open AS MATERIALIZED (
       SELECT r.*, moved.to_id FROM ${source} JOIN system s ON s.id = moved.system_id
       JOIN reminder r ON r.system_id = moved.system_id AND r.recipient_id = moved.from_id LEFT JOIN mail ON mail.id = r.mail_id
       WHERE r.audience = 'OWNER' AND r.status IN ('PENDING','SNOOZED') AND (r.mail_id IS NULL OR mail.status = 'QUEUED')
         AND (moved.from_id IN (s.owner_id, s.deputy_id)) IS NOT TRUE
       FOR UPDATE OF r),
     told AS (
       SELECT open.id, open.to_id, open.to_id IS NOT NULL
           AND row_number() OVER (PARTITION BY open.to_id, open.obligation_id, open.occurrence, open.stage, open.offset_days, open.channel
             ORDER BY open.id) = 1
           AND NOT EXISTS (SELECT FROM reminder other WHERE other.recipient_id = open.to_id AND other.obligation_id = open.obligation_id
             AND other.occurrence = open.occurrence AND other.stage = open.stage AND other.offset_days = open.offset_days
             AND other.channel = open.channel) AS moves
       FROM open)
     UPDATE reminder SET
       recipient_id = CASE WHEN moves THEN told.to_id ELSE recipient_id END,
       mail_id = CASE WHEN moves THEN NULL ELSE mail_id END,
       status = CASE WHEN moves THEN status ELSE 'CANCELLED' END,
       outcome = CASE WHEN moves THEN outcome ELSE 'HANDED_OVER' END
     FROM told WHERE reminder.id = told.id`,
    values,
  );
}
