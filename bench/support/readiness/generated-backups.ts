import type { DataSource } from 'typeorm';
import type { World } from '../../../test/support/world';

/** Backups of each system that has a requirement, a day apart; the newest is from the hours before. */
const BACKUPS = 5;
/** Systems whose newest backup may be two days old at most; that of all others three months. */
const FREQUENT = 12_000;

/**
 * Gives the two thirds of a generated register that have tests a backup requirement too, with its approval, its backups, restore tests whose time was taken, an approved
 * procedure and confirmed contacts: most of these are ready then, as they are in an office at work. Nine of ten have a copy that is offline. Without a backup for five days the same number
 * of recovery points is too old, however many systems there are.
 */
export async function generateBackups(dataSource: DataSource, { people }: World, now: Date): Promise<void> {
  await dataSource.query(`UPDATE system SET rto_minutes = 240, rpo_minutes = 2880 WHERE code LIKE 'S-%'`);
  await dataSource.query(
    `INSERT INTO backup_requirement (id, system_id, dataset, method, interval_minutes, retention, rpo_minutes, copies, status, author_id, declared_on)
     SELECT gen_random_uuid(), id, '業務データ', 'full', 1440, 'P35D', CASE WHEN substr(code, 3)::int <= ${FREQUENT} THEN 2880 ELSE 129600 END, '[]', 'DRAFT', $1, '2020-04-01'
     FROM system WHERE code LIKE 'S-%' AND substr(code, 3)::int % 3 > 0`,
    [people.owner],
  );
  const proved = `SELECT s.id, b.id AS requirement, substr(s.code, 3)::int AS n FROM system s JOIN backup_requirement b ON b.system_id = s.id`;
  const columns = `(id, system_id, backup_requirement_id, kind, subject, outcome, strength, performed_at, recorded_at, recovery_point_at, measured_minutes,
    copy_facts, source, performer_id, recorded_by_id, sha256)`;
  await dataSource.query(
    `INSERT INTO evidence ${columns}
     SELECT gen_random_uuid(), id, requirement, 'BACKUP', NULL, 'PASSED', 'LISTED', at, at, at, NULL, NULL, 'MANUAL', $1, $1, ''
     FROM (SELECT s.*, $2::timestamptz - (n % 24) * interval '1 hour' - day * interval '1 day' AS at
       FROM (${proved}) s, generate_series(0, ${BACKUPS - 1}) day) s`,
    [people.operator, now],
  );
  await dataSource.query(
    `INSERT INTO evidence ${columns}
     SELECT gen_random_uuid(), id, CASE WHEN subject = 'BACKUP_REQUIREMENT' THEN requirement END, kind, subject, 'PASSED', 'VALIDATED', at, at, NULL,
       CASE WHEN kind = 'RESTORE_TEST' THEN 60 + n % 300 END,
       CASE WHEN subject = 'BACKUP_REQUIREMENT' THEN jsonb_build_object('copies', 3, 'offsite', 1, 'offlineOrImmutable', (n % 10 > 0)::int, 'encrypted', 3) END,
       'MANUAL', $1, $1, ''
     FROM (SELECT s.*, proof.*, $2::timestamptz - (n % 80) * interval '1 day' AS at FROM (${proved}) s, (VALUES ('APPROVAL', 'PROCEDURE'),
       ('REVIEW', 'CONTACTS'), ('APPROVAL', 'BACKUP_REQUIREMENT'), ('RESTORE_TEST', NULL)) proof(kind, subject)) s`,
    [people.owner, now],
  );
}
