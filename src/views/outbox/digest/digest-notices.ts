import { EntityManager } from 'typeorm';
import type { Reason } from '../../../core/readiness/reason';
import { type NoticeKind, type NoticeStatus, PROMPT_KINDS } from '../../../obligations/notices/notice.entity';

/** One notice of a digest. */
export interface DigestNotice {
  kind: NoticeKind;
  systemCount: number;
  systemCode: string | null;
  systemName: string | null;
  systemNameEn: string | null;
  path: string;
  note: string | null;
  /** Of the inlet that it is about, as it stands now. */
  inletName: string | null;
  reason: Reason | null;
}

const ABOUT = `split_part(notice.occurrence, ':', 1)::uuid`;

/** Who has done what they would be told of is not told: the run is over, or waits for nothing but its attestation. */
const RUN_OVER = `r.id = CASE WHEN notice.kind IN ('DRILL_OPENED','DRILL_LATE','DRILL_LEFT_OPEN') THEN ${ABOUT} END
  AND (r.status IN ('ATTESTED','ABANDONED') OR (r.status = 'COMPLETED' AND notice.kind <> 'DRILL_LEFT_OPEN'))`;

const CANCEL_OF_RUNS_OVER = `
  UPDATE notice SET status = 'CANCELLED' FROM drill_run r WHERE notice.mail_id = $1 AND notice.status = 'PENDING' AND ${RUN_OVER}`;

/** Who has confirmed, is booked no more, or is booked for another time by now is not asked for this one. */
const BOOKING_OVER = `
  UPDATE notice SET status = 'CANCELLED' WHERE notice.mail_id = $1 AND notice.status = 'PENDING' AND notice.kind = 'DRILL_BOOKED'
    AND NOT EXISTS (SELECT FROM drill d JOIN drill_participant p ON p.drill_id = d.id AND p.user_id = notice.user_id
      WHERE d.id = CASE WHEN notice.kind = 'DRILL_BOOKED' THEN ${ABOUT} END AND d.status = 'PLANNED' AND p.acknowledged_at IS NULL
        AND to_char(d.scheduled_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MI') = split_part(notice.occurrence, ':', 2))`;

/** A report that somebody has acknowledged waits for nobody. */
const REPORT_ACKNOWLEDGED = `
  UPDATE notice SET status = 'CANCELLED' FROM report r WHERE notice.mail_id = $1 AND notice.status = 'PENDING'
    AND r.id = CASE WHEN notice.kind = 'REPORT_SUBMITTED' THEN ${ABOUT} END AND r.status = 'ACKNOWLEDGED'`;

/** Cancels what a mail of its own would tell of runs that are over by now, so that no such mail is formed. */
export async function dropPromptOfRunsOver(m: EntityManager): Promise<void> {
  await m.query(
    `UPDATE notice SET status = 'CANCELLED' WHERE id IN (
       SELECT notice.id FROM notice JOIN drill_run r ON ${RUN_OVER}
       WHERE notice.status = 'PENDING' AND notice.mail_id IS NULL AND notice.kind = ANY($1::text[])
       ORDER BY notice.id FOR NO KEY UPDATE OF notice SKIP LOCKED)`,
    [PROMPT_KINDS],
  );
}

/** What a mail tells. What is over by now is cancelled first. */
export async function loadNotices(m: EntityManager, mailId: string): Promise<DigestNotice[]> {
  await m.query(
    `UPDATE notice SET status = 'CANCELLED' FROM inlet i WHERE notice.mail_id = $1 AND notice.status = 'PENDING' AND i.id = notice.inlet_id
       AND (i.revoked_at IS NOT NULL OR i.state NOT IN ('MISSED','STUCK','FAILING','UNUSUAL') OR i.since > notice.created_at)`,
    [mailId],
  );
  for (const over of [CANCEL_OF_RUNS_OVER, BOOKING_OVER, REPORT_ACKNOWLEDGED]) await m.query(over, [mailId]);
  return m.query<DigestNotice[]>(
    `SELECT n.kind, n.system_count AS "systemCount", s.code AS "systemCode", s.name AS "systemName", s.name_en AS "systemNameEn",
       n.path, n.note, i.name AS "inletName", i.reason
     FROM notice n LEFT JOIN system s ON s.id = n.system_id LEFT JOIN inlet i ON i.id = n.inlet_id
     WHERE n.mail_id = $1 AND n.status = 'PENDING' ORDER BY n.created_at, n.id`,
    [mailId],
  );
}

/** What became of the notices of a mail. */
export async function settleNotices(m: EntityManager, mailId: string, status: NoticeStatus): Promise<void> {
  await m.query(`UPDATE notice SET status = $2 WHERE mail_id = $1 AND status = 'PENDING'`, [mailId, status]);
}
