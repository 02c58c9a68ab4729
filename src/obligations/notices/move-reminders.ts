import { EntityManager } from 'typeorm';

/**
 * Hands what a person was still to be reminded of, as owner or deputy of these systems, over to another. What the other is already to be
 * told is not told twice. A mail that is being sent at the moment goes its way.
 * @param toId null when nobody takes the place: then it is cancelled.
 */
export async function moveReminders(
  m: EntityManager,
  systemIds: readonly string[],
  fromId: string,
  toId: string | null,
): Promise<void> {
  await m.query(
    `WITH open AS (
       SELECT r.id, EXISTS (SELECT FROM reminder other WHERE other.recipient_id = $3::uuid AND other.obligation_id = r.obligation_id
           AND other.occurrence = r.occurrence AND other.stage = r.stage AND other.offset_days = r.offset_days
           AND other.channel = r.channel) AS twice
       FROM reminder r LEFT JOIN mail ON mail.id = r.mail_id JOIN system s ON s.id = r.system_id
       WHERE r.system_id = ANY($1::uuid[]) AND r.recipient_id = $2 AND r.audience = 'OWNER' AND r.status IN ('PENDING','SNOOZED')
         AND (r.mail_id IS NULL OR mail.status = 'QUEUED') AND ($2 IN (s.owner_id, s.deputy_id)) IS NOT TRUE
       FOR UPDATE OF r)
     UPDATE reminder SET
       recipient_id = CASE WHEN twice OR $3::uuid IS NULL THEN recipient_id ELSE $3::uuid END,
       mail_id = CASE WHEN twice OR $3::uuid IS NULL THEN mail_id END,
       status = CASE WHEN twice OR $3::uuid IS NULL THEN 'CANCELLED' ELSE status END,
       outcome = CASE WHEN twice OR $3::uuid IS NULL THEN 'HANDED_OVER' END
     FROM open WHERE reminder.id = open.id`,
    [systemIds, fromId, toId],
  );
}
