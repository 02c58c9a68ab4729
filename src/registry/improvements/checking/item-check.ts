import type { EntityManager } from 'typeorm';
import { mayBeNamedAt } from '../../../access/references/named-person';
import type { CivilDate } from '../../../core/time/civil-date';
import { type FieldProblem, Problem } from '../../../platform/http/problem';
import { auditorsAmong } from '../../systems/system-check';

/** What an item says that has to be true. `field` prefixes the names of fields, as `parts[0].`. */
export interface CheckedItem {
  organisationId: string;
  ownerId?: string | null;
  dueOn?: string;
  field?: string;
}

/**
 * The rules that items keep before they are written: the owner may be named there and does not audit there, and no day is in the past.
 * @throws Problem 422 naming every field that breaks one.
 */
export async function requireSoundItems(
  m: EntityManager,
  items: readonly CheckedItem[],
  today: CivilDate,
  more: readonly FieldProblem[] = [],
): Promise<void> {
  const owned = items.flatMap(({ ownerId, organisationId, field = '' }) =>
    ownerId ? [{ userId: ownerId, organisationId, field: `${field}ownerId` }] : [],
  );
  const auditing = await auditorsAmong(m, owned);
  const unknown = await unknownAmong(m, owned);
  const errors: FieldProblem[] = [
    ...more,
    ...owned.flatMap(({ field }, index) => {
      if (unknown.has(index)) return [{ field, code: 'UNKNOWN_USER' }];
      return auditing.has(index) ? [{ field, code: 'IS_AUDITOR' }] : [];
    }),
    ...items
      .filter(({ dueOn }) => dueOn !== undefined && dueOn < today)
      .map(({ field = '' }) => ({ field: `${field}dueOn`, code: 'IN_THE_PAST' })),
  ];
  if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
}

async function unknownAmong(
  m: EntityManager,
  pairs: readonly { userId: string; organisationId: string }[],
): Promise<Set<number>> {
  if (pairs.length === 0) return new Set();
  const rows = await m.query<{ place: string }[]>(
    `SELECT pair.place FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS pair(user_id, organisation_id, place)
     WHERE NOT EXISTS (SELECT FROM app_user u WHERE u.id = pair.user_id AND u.active AND ${mayBeNamedAt('u', 'pair.organisation_id')})`,
    [pairs.map(({ userId }) => userId), pairs.map(({ organisationId }) => organisationId)],
  );
  return new Set(rows.map(({ place }) => Number(place) - 1));
}
