import type { EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { requireOrganisation, requireSystem } from '../../../access/scope/system-access';
import type { PackManifest } from '../pack-format';
import { inSystems, type PackScope } from '../sections/pack-scope';
import type { PeopleNamed } from './people-named';
import type { PackAsked } from './pack-maker';

type About = PackManifest['about'];

/**
 * What the pack is of, when the actor may read the audit events there. Owning a system is not enough: its pack tells what others did.
 * @throws Problem 404 for what may not be seen, 403 for what can only be seen.
 */
export async function requireAbout(m: EntityManager, actor: Actor, asked: PackAsked): Promise<About> {
  const { systemId } = asked;
  const system = systemId === undefined ? null : await requireSystem(m, actor, 'systems:read', systemId);
  const organisationId = system?.organisationId ?? asked.organisationId ?? '';
  await requireOrganisation(m, actor, 'audit:read', organisationId);
  const [about] = await m.query<About[]>(
    `SELECT json_build_object('id', o.id, 'code', o.code, 'name', o.name) AS organisation,
       CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'code', s.code, 'name', s.name) END AS system
     FROM organisation o LEFT JOIN system s ON s.id = $2 WHERE o.id = $1`,
    [organisationId, systemId ?? null],
  );
  return about as About;
}

/** The organisations below that keep their details to themselves, as far as the actor sees that they are there (docs/adr/0025). */
export async function withheldFrom(m: EntityManager, scope: PackScope): Promise<PackManifest['withheld']> {
  if (scope.systemId !== null) return [];
  const parameters = new SqlParameters();
  return m.query<PackManifest['withheld']>(
    `SELECT o.id, o.code, o.name FROM organisation o
     WHERE o.id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${parameters.bind(scope.organisationId)})
       AND NOT ${scopeCondition(scopeOf(scope.actor, 'audit:read'), parameters, 'o.id')}
       AND ${scopeCondition(scopeOf(scope.actor, 'organisations:read'), parameters, 'o.id')} ORDER BY o.code`,
    parameters.values,
  );
}

/** The policies that were in force for the systems of the pack. */
export async function policiesOf(m: EntityManager, scope: PackScope): Promise<{ id: string; version: number }[]> {
  const parameters = new SqlParameters();
  return m.query<{ id: string; version: number }[]>(
    `SELECT p.id, p.version FROM policy p WHERE p.id IN
       (SELECT r.policy_id FROM system_readiness r WHERE ${inSystems(scope, parameters, 'r.system_id')}
        UNION SELECT o.policy_id FROM obligation o WHERE ${inSystems(scope, parameters, 'o.system_id')})
     ORDER BY p.version, p.id`,
    parameters.values,
  );
}

/** A version of a policy as the text of its file. */
export async function policyText(m: EntityManager, id: string, people: PeopleNamed): Promise<string> {
  const [policy] = await m.query<{ publishedById: string | null; writerIds: string[] }[]>(
    `SELECT p.id, p.version, p.status, json_build_object('id', o.id, 'code', o.code, 'name', o.name) AS organisation,
       p.effective_on::text AS "effectiveOn", p.published_at AS "publishedAt", p.published_by_id AS "publishedById",
       p.writer_ids AS "writerIds", p.rules, p.owed_since AS "owedSince", p.eased
     FROM policy p JOIN organisation o ON o.id = p.organisation_id WHERE p.id = $1`,
    [id],
  );
  people.add(policy?.publishedById, ...(policy?.writerIds ?? []));
  return `${JSON.stringify(policy, null, 1)}\n`;
}
