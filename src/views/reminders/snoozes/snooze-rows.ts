import { EntityManager } from 'typeorm';
import type { Snoozed } from '../../../core/reminder/snooze';

export interface OpenSnooze extends Snoozed {
  id: string;
  obligationId: string;
}

/** The open snoozes of some obligations, by obligation. Who cancels one waits until what is held back by it is written. */
export async function openSnoozes(
  m: EntityManager,
  obligationIds: readonly string[],
): Promise<ReadonlyMap<string, OpenSnooze>> {
  const rows = await m.query<OpenSnooze[]>(
    `SELECT id, obligation_id AS "obligationId", occurrence, until_on::text AS "untilOn" FROM snooze
     WHERE obligation_id = ANY($1::uuid[]) AND ended_at IS NULL ORDER BY id FOR SHARE`,
    [obligationIds],
  );
  return new Map(rows.map((row) => [row.obligationId, row]));
}

/** Ends the snoozes whose last day has passed: each person is told with the next digest what was last held back. */
export async function endSnoozes(m: EntityManager, now: Date, today: string): Promise<void> {
  const [ended] = await m.query<[{ id: string }[], number]>(
    'UPDATE snooze SET ended_at = $1 WHERE ended_at IS NULL AND until_on < $2::date RETURNING id',
    [now, today],
  );
  await release(
    m,
    ended.map(({ id }) => id),
  );
}

/** Lets out the newest of what snoozes held back, one reminder for each obligation and person; the others stay on record as held back. */
export async function release(m: EntityManager, snoozeIds: readonly string[]): Promise<void> {
  if (snoozeIds.length === 0) return;
  await m.query(
    `UPDATE reminder SET status = 'PENDING' FROM (
       SELECT DISTINCT ON (snooze_id, recipient_id) id FROM reminder WHERE snooze_id = ANY($1::uuid[]) AND status = 'SNOOZED'
       ORDER BY snooze_id, recipient_id, planned_on DESC, id DESC) newest
     WHERE reminder.id = newest.id`,
    [snoozeIds],
  );
}

/** Holds back what `asked` were still to be told of the occurrence. A mail that is being sent at the moment goes its way. */
export async function holdBack(m: EntityManager, snooze: OpenSnooze, asked: readonly string[]): Promise<void> {
  await m.query(
    `UPDATE reminder SET status = 'SNOOZED', snooze_id = $1, mail_id = NULL FROM (
       SELECT r.id FROM reminder r LEFT JOIN mail ON mail.id = r.mail_id
       WHERE r.obligation_id = $2 AND r.occurrence = $3 AND r.audience = 'OWNER' AND r.recipient_id = ANY($4::uuid[]) AND r.status = 'PENDING'
         AND (r.mail_id IS NULL OR mail.status = 'QUEUED') FOR UPDATE OF r) waiting
     WHERE reminder.id = waiting.id`,
    [snooze.id, snooze.obligationId, snooze.occurrence, asked],
  );
}
