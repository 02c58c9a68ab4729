import { EntityManager } from 'typeorm';
import { mayBeNamedAt } from '../../access/references/named-person';
import { FieldProblem, Problem } from '../../platform/http/problem';
import { SystemRow } from './system-row';

const PEOPLE = ['ownerId', 'deputyId'] as const;

/** An entry of the register as it was, or null for a new one, and as it is to be. */
export interface SystemEdit {
  before: SystemRow | null;
  after: SystemRow;
}

/** A person whom an entry newly names, in `field` of the edit at `index`. */
interface Named {
  index: number;
  field: (typeof PEOPLE)[number];
  userId: string;
  organisationId: string;
}

/**
 * The rules that an entry of the register keeps, before it is written. People who were there before may stay although they have left since.
 * @throws Problem 422 naming every field that breaks one.
 */
export async function requireSoundSystem(m: EntityManager, before: SystemRow | null, after: SystemRow): Promise<void> {
  const [errors = []] = await unsoundFields(m, [{ before, after }]);
  if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
}

/** The same for many entries, in two statements whatever their number: what each breaks, in the order of the edits. */
export async function unsoundFields(m: EntityManager, edits: readonly SystemEdit[]): Promise<FieldProblem[][]> {
  const newlyNamed = namedIn(edits, () => false);
  const unknown = await unknownAmong(m, newlyNamed);
  const auditable = namedIn(edits, ({ before, after }) => before?.organisationId !== after.organisationId);
  const auditing = await auditorsAmong(m, auditable);
  const problems: FieldProblem[][] = edits.map(() => []);
  for (const { index, field } of unknown) problems[index]?.push({ field, code: 'UNKNOWN_USER' });
  for (const [place, { index, field }] of auditable.entries())
    if (auditing.has(place)) problems[index]?.push({ field, code: 'IS_AUDITOR' });
  for (const [index, { before, after }] of edits.entries()) problems[index]?.push(...contradictions(before, after));
  return problems;
}

/** The people whom edits name newly; all of them where `anew` says that the entry is looked at as a new one. */
function namedIn(edits: readonly SystemEdit[], anew: (edit: SystemEdit) => boolean): Named[] {
  return edits.flatMap((edit, index) =>
    PEOPLE.flatMap((field) => {
      const userId = edit.after[field];
      if (userId === null || (userId === edit.before?.[field] && !anew(edit))) return [];
      return [{ index, field, userId, organisationId: edit.after.organisationId }];
    }),
  );
}

/** Those who are not there, have left, or may not be named in the organisation. */
async function unknownAmong(m: EntityManager, named: readonly Named[]): Promise<Named[]> {
  if (named.length === 0) return [];
  const known = await m.query<{ place: string }[]>(
    `SELECT pair.place FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS pair(user_id, organisation_id, place)
     JOIN app_user u ON u.id = pair.user_id AND u.active AND ${mayBeNamedAt('u', 'pair.organisation_id')}`,
    [named.map(({ userId }) => userId), named.map(({ organisationId }) => organisationId)],
  );
  const places = new Set(known.map(({ place }) => Number(place) - 1));
  return named.filter((_, place) => !places.has(place));
}

/** The indexes of those pairs in which the person audits the organisation: an auditor never owns what is audited (domain.md section 2). */
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
