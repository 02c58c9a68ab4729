import type { EntityManager } from 'typeorm';
import { type FailedProof, isRetest, type RetestCandidate } from '../../../core/improvement/closing';

/** More passes of one kind than a failure waits for; the newest are looked at. */
const CANDIDATES = 500;

const COLUMNS = `kind, rule_key AS "ruleKey", backup_requirement_id AS "backupRequirementId", performed_at AS "performedAt"`;

/** The newest proof that what failed has passed since; null while there is none. */
export async function findRetest(m: EntityManager, failedEvidenceId: string): Promise<string | null> {
  const [failed] = await m.query<(FailedProof & { systemId: string })[]>(
    `SELECT system_id AS "systemId", drill->>'type' AS "drillType", ${COLUMNS} FROM evidence WHERE id = $1`,
    [failedEvidenceId],
  );
  if (!failed) return null;
  const later = await m.query<(RetestCandidate & { id: string })[]>(
    `SELECT id, outcome, credited_drill_type AS "creditedDrillType", ${COLUMNS} FROM evidence
     WHERE system_id = $1 AND kind = $2 AND backup_requirement_id IS NOT DISTINCT FROM $3 AND outcome = 'PASSED'
       AND performed_at > $4 AND superseded_by_id IS NULL AND shared_from_id IS NULL ORDER BY performed_at DESC, id DESC LIMIT ${CANDIDATES}`,
    [failed.systemId, failed.kind, failed.backupRequirementId, failed.performedAt],
  );
  return later.find((proof) => isRetest(failed, proof))?.id ?? null;
}
