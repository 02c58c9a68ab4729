import type { EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';

/** A record that exists, whoever may see it. */
export interface LocatedRecord {
  recordType: string;
  recordId: string;
  /** Null for a record that belongs to no organisation. */
  organisationId: string | null;
  /** Whether the actor may see it after all, as far as that is known. */
  visible: boolean;
}

/** The record of an id that stood in a path; undefined when there is none. */
export async function locate(m: EntityManager, actor: Actor, id: string): Promise<LocatedRecord | undefined> {
  const parameters = new SqlParameters();
  const key = parameters.bind(id);
  const scope = scopeOf(actor, 'systems:read');
  const system = scopeCondition(scope, parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
  const organisation = scopeCondition(scopeOf(actor, 'organisations:read'), parameters, 'o.id');
  const [record] = (await m.query(
    `SELECT 'system' AS "recordType", s.id AS "recordId", s.organisation_id AS "organisationId", ${system} AS visible
       FROM system s WHERE s.id = ${key}
     UNION ALL SELECT 'organisation', o.id, o.id, ${organisation} FROM organisation o WHERE o.id = ${key}
     UNION ALL SELECT 'user', id, NULL, FALSE FROM app_user WHERE id = ${key}
     UNION ALL SELECT 'policy', id, organisation_id, FALSE FROM policy WHERE id = ${key}
     UNION ALL SELECT 'backup_profile', id, organisation_id, FALSE FROM backup_profile WHERE id = ${key}
     UNION ALL SELECT 'import', id, organisation_id, FALSE FROM import_run WHERE id = ${key}
     UNION ALL SELECT 'obligation', id, organisation_id, FALSE FROM obligation WHERE id = ${key}
     UNION ALL SELECT 'mail', id, NULL, FALSE FROM mail WHERE id = ${key}
     UNION ALL SELECT 'advice_request', id, organisation_id, FALSE FROM advice_request WHERE id = ${key}
     UNION ALL SELECT 'report', id, organisation_id, FALSE FROM report WHERE id = ${key}
     UNION ALL SELECT 'improvement_item', r.id, coalesce(s.organisation_id, r.organisation_id), FALSE
       FROM improvement_item r LEFT JOIN system s ON s.id = r.system_id WHERE r.id = ${key}
     UNION ALL SELECT 'evidence', r.id, s.organisation_id, FALSE FROM evidence r JOIN system s ON s.id = r.system_id WHERE r.id = ${key}
     UNION ALL SELECT 'restore_test', r.id, s.organisation_id, FALSE FROM restore_test r JOIN system s ON s.id = r.system_id WHERE r.id = ${key}
     UNION ALL SELECT 'drill', r.id, s.organisation_id, FALSE FROM drill r JOIN system s ON s.id = r.system_id WHERE r.id = ${key}
     UNION ALL SELECT 'drill_run', r.id, s.organisation_id, FALSE FROM drill_run r JOIN system s ON s.id = r.system_id WHERE r.id = ${key}
     UNION ALL SELECT 'tier_change', r.id, s.organisation_id, FALSE FROM tier_change r JOIN system s ON s.id = r.system_id WHERE r.id = ${key}
     UNION ALL SELECT 'backup_requirement', r.id, s.organisation_id, FALSE
       FROM backup_requirement r JOIN system s ON s.id = r.system_id WHERE r.id = ${key}
     UNION ALL SELECT 'procedure_version', v.id, s.organisation_id, FALSE FROM procedure_version v
       JOIN procedure p ON p.id = v.procedure_id JOIN system s ON s.id = p.system_id WHERE v.id = ${key}`,
    parameters.values,
  )) as LocatedRecord[];
  return record;
}
