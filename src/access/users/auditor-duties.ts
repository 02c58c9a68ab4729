import type { EntityManager } from 'typeorm';
import { type FieldProblem, Problem } from '../../platform/http/problem';
import { type Actor, scopeOf } from '../actor';
import type { Role } from '../role-assignment.entity';
import { scopeCondition, SqlParameters } from '../scope/scope-sql';

interface GivenRole {
  role: Role;
  organisationId: string;
}

/** So many systems are named in one sentence. */
const NAMED = 10;

/**
 * Checks that `roles` may be given to a person beside those held: an auditor holds no other role above or below the organisation audited, and
 * owns no system there (domain.md section 2). The database holds the same; this says it in a sentence.
 * @throws Problem 422 naming each role that may not be given, and the systems in the way as far as `actor` may see them.
 */
export async function requireSeparateAuditor(
  m: EntityManager,
  actor: Actor,
  userId: string,
  roles: readonly GivenRole[],
): Promise<void> {
  const errors: FieldProblem[] = [];
  for (const [index, given] of roles.entries()) {
    const field = `roles[${index}]`;
    if (await contradicted(m, userId, given, roles)) errors.push({ field, code: 'AUDITOR_ONLY_AUDITS' });
    if (given.role !== 'AUDITOR') continue;
    const systems = await ownedWithin(m, actor, userId, given.organisationId);
    if (systems !== null) errors.push({ field, code: 'AUDITOR_OWNS', params: { systems } });
  }
  if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
}

async function contradicted(
  m: EntityManager,
  userId: string,
  { role, organisationId }: GivenRole,
  roles: readonly GivenRole[],
): Promise<boolean> {
  const others = roles.filter((other) => (other.role === 'AUDITOR') !== (role === 'AUDITOR'));
  const [row] = (await m.query(
    `SELECT EXISTS (
       SELECT FROM (SELECT organisation_id FROM role_assignment WHERE user_id = $1 AND (role = 'AUDITOR') <> $2
         UNION ALL SELECT unnest($4::uuid[])) other
       JOIN organisation_closure c ON (c.ancestor_id, c.organisation_id) IN ((other.organisation_id, $3), ($3, other.organisation_id))
     ) AS found`,
    [userId, role === 'AUDITOR', organisationId, others.map((other) => other.organisationId)],
  )) as { found: boolean }[];
  return row?.found === true;
}

/** The systems of the person below the organisation, in one text; null when there are none. */
async function ownedWithin(
  m: EntityManager,
  actor: Actor,
  userId: string,
  organisationId: string,
): Promise<string | null> {
  const parameters = new SqlParameters();
  const seen = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id');
  const rows = (await m.query(
    `SELECT CASE WHEN ${seen} THEN s.code || ' ' || s.name END AS name FROM system s
     JOIN organisation_closure c ON c.organisation_id = s.organisation_id AND c.ancestor_id = ${parameters.bind(organisationId)}
     WHERE ${parameters.bind(userId)}::uuid IN (s.owner_id, s.deputy_id) AND s.lifecycle <> 'RETIRED'
     ORDER BY s.code, s.id LIMIT ${NAMED + 1}`,
    parameters.values,
  )) as { name: string | null }[];
  if (rows.length === 0) return null;
  const names = rows.slice(0, NAMED).map(({ name }) => name ?? '…');
  return [...new Set([...names, ...(rows.length > NAMED ? ['…'] : [])])].join(', ');
}
