import { EntityManager } from 'typeorm';
import { mayBeNamedAt } from '../../access/references/named-person';
import { FieldProblem, Problem } from '../../platform/http/problem';
import { SystemRow } from './system-row';

const PEOPLE = ['ownerId', 'deputyId'] as const;

/**
 * The rules that an entry of the register keeps, before it is written. People who were there before may stay although they have left since.
 * @throws Problem 422 naming every field that breaks one.
 */
export async function requireSoundSystem(m: EntityManager, before: SystemRow | null, after: SystemRow): Promise<void> {
  const errors: FieldProblem[] = [
    ...(await unknownPeople(m, before, after)),
    ...(await auditingPeople(m, before, after)),
    ...contradictions(before, after),
  ];
  if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
}

async function unknownPeople(m: EntityManager, before: SystemRow | null, after: SystemRow): Promise<FieldProblem[]> {
  const named = PEOPLE.filter((field) => after[field] !== null && after[field] !== before?.[field]);
  if (named.length === 0) return [];
  const active = await m.query<{ id: string }[]>(
    `SELECT u.id FROM app_user u WHERE u.id = ANY($1::uuid[]) AND u.active AND ${mayBeNamedAt('u', '$2::uuid')}`,
    [named.map((field) => after[field]), after.organisationId],
  );
  return named
    .filter((field) => !active.some(({ id }) => id === after[field]))
    .map((field) => ({ field, code: 'UNKNOWN_USER' }));
}

/** Owner or deputy who audit the organisation: an auditor never owns what is audited (domain.md section 2). */
async function auditingPeople(m: EntityManager, before: SystemRow | null, after: SystemRow): Promise<FieldProblem[]> {
  const moves = before?.organisationId !== after.organisationId;
  const named = PEOPLE.filter((field) => after[field] !== null && (moves || after[field] !== before?.[field]));
  const pairs = named.map((field) => ({ userId: after[field] as string, organisationId: after.organisationId }));
  const auditing = await auditorsAmong(m, pairs);
  return named.filter((_field, index) => auditing.has(index)).map((field) => ({ field, code: 'IS_AUDITOR' }));
}

/** The indexes of those pairs in which the person audits the organisation. */
export async function auditorsAmong(
  m: EntityManager,
  pairs: readonly { userId: string; organisationId: string }[],
): Promise<Set<number>> {
  if (pairs.length === 0) return new Set();
  const rows = await m.query<{ place: string }[]>(
    `SELECT DISTINCT pair.place FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS pair(user_id, organisation_id, place)
     JOIN role_assignment r ON r.user_id = pair.user_id AND r.role = 'AUDITOR'
     JOIN organisation_closure c ON c.ancestor_id = r.organisation_id AND c.organisation_id = pair.organisation_id`,
    [pairs.map(({ userId }) => userId), pairs.map(({ organisationId }) => organisationId)],
  );
  return new Set(rows.map(({ place }) => Number(place) - 1));
}

/** What the targets and the lifecycle of an entry say against each other, or against what it was before. */
export function contradictions(before: SystemRow | null, after: SystemRow): FieldProblem[] {
  const { rtoMinutes, mtdMinutes } = after;
  const errors: FieldProblem[] = [];
  if (rtoMinutes !== null && mtdMinutes !== null && rtoMinutes > mtdMinutes)
    errors.push({ field: 'rto', code: 'RTO_ABOVE_MTD' }, { field: 'mtd', code: 'RTO_ABOVE_MTD' });
  // Back in planning it would owe nothing, and in operation again it would get a new first grace.
  if (before?.lifecycle === 'OPERATING' && after.lifecycle === 'PLANNED')
    errors.push({ field: 'lifecycle', code: 'NOT_BACK_TO_PLANNED' });
  return errors;
}
