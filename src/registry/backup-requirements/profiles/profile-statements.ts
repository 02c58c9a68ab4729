import type { EntityManager } from 'typeorm';
import { unnest } from '../../../platform/database/unnest';

const TERMS = [
  ...['method', 'interval_minutes', 'retention', 'generations', 'rpo_minutes', 'copies'],
  ...['verification_cadence', 'restore_test_cadence'],
];

/** A requirement and the system that it is of. */
export interface RequirementOfSystem {
  id: string;
  systemId: string;
}

/** Who writes, when, and on which civil day. */
export interface Writing {
  userId: string;
  at: Date;
  on: string;
}

/** The requirements that follow a profile, locked in the order of their ids. */
export async function lockFollowers(m: EntityManager, profileId: string): Promise<RequirementOfSystem[]> {
  return m.query<RequirementOfSystem[]>(
    `SELECT id, system_id AS "systemId" FROM backup_requirement
     WHERE profile_id = $1 AND follows_profile AND withdrawn_on IS NULL ORDER BY id FOR NO KEY UPDATE`,
    [profileId],
  );
}

/** Declares a requirement for each system as the profile says, as drafts of who writes. */
export async function declareFromProfile(
  m: EntityManager,
  profileId: string,
  dataset: string,
  rows: readonly RequirementOfSystem[],
  { userId, at, on }: Writing,
): Promise<void> {
  if (rows.length === 0) return;
  const { source, values } = unnest(rows, { id: 'uuid', systemId: 'uuid' }, 'row', 6);
  await m.query(
    `INSERT INTO backup_requirement (id, system_id, dataset, ${TERMS.join(', ')}, status, author_id, writer_ids, declared_on,
       profile_id, follows_profile, created_at, updated_at)
     SELECT row.id, row.system_id, $2, ${TERMS.map((term) => `p.${term}`).join(', ')}, 'DRAFT', $3::uuid, ARRAY[$3::uuid], $4::date,
       p.id, true, $5::timestamptz, $5::timestamptz
     FROM backup_profile p, ${source} WHERE p.id = $1`,
    [profileId, dataset, userId, on, at, ...values],
  );
}

/** Gives requirements the terms of the profile; whatever was approved is to be approved, and reviewed, again. */
export async function followProfile(
  m: EntityManager,
  profileId: string,
  requirementIds: readonly string[],
  { userId, at, on }: Writing,
): Promise<void> {
  if (requirementIds.length === 0) return;
  await m.query(
    `UPDATE backup_requirement b SET ${TERMS.map((term) => `${term} = p.${term}`).join(', ')}, status = 'DRAFT', author_id = $3::uuid,
       writer_ids = CASE WHEN b.status = 'DRAFT' THEN array_append(array_remove(b.writer_ids, $3::uuid), $3::uuid)
         ELSE ARRAY[$3::uuid] END,
       approved_by_id = NULL, approved_at = NULL,
       changed_on = CASE WHEN b.status = 'APPROVED' OR b.changed_on IS NOT NULL THEN $4::date END,
       profile_id = p.id, follows_profile = true, row_version = b.row_version + 1, updated_at = $5::timestamptz
     FROM backup_profile p WHERE p.id = $1 AND b.id = ANY($2::uuid[])`,
    [profileId, requirementIds, userId, on, at],
  );
}

/** Lets requirements keep their terms as their own, with where they came from. */
export async function leaveProfile(m: EntityManager, requirementIds: readonly string[], at: Date): Promise<void> {
  if (requirementIds.length === 0) return;
  await m.query(
    `UPDATE backup_requirement SET follows_profile = false, row_version = row_version + 1, updated_at = $2
     WHERE id = ANY($1::uuid[])`,
    [requirementIds, at],
  );
}
