import { EntityManager } from 'typeorm';
import type { Reason } from '../../../core/readiness/reason';
import type { NoticeKind, NoticeStatus } from '../../../obligations/notices/notice.entity';

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

/** What a mail tells. What is over by now is cancelled first. */
export async function loadNotices(m: EntityManager, mailId: string): Promise<DigestNotice[]> {
  await m.query(
    `UPDATE notice SET status = 'CANCELLED' FROM inlet i WHERE notice.mail_id = $1 AND notice.status = 'PENDING' AND i.id = notice.inlet_id
       AND (i.revoked_at IS NOT NULL OR i.state NOT IN ('MISSED','STUCK','FAILING') OR i.since > notice.created_at)`,
    [mailId],
  );
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
