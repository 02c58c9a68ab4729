import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/database/id';
import { unnest } from '../../platform/database/unnest';
import { newSecret } from '../secrets/secret';

export const LINK_PREFIX = 'snl_';

const DAY_MS = 86_400_000;
/** A digest comes again before that as long as the obligation is open. */
const VALID_DAYS = 14;

/** SQL: whether a person `u` has the role of a contributor and no other one; links are for nobody else. */
export const CONTRIBUTES_ONLY = `EXISTS (SELECT FROM role_assignment r WHERE r.user_id = u.id)
  AND NOT EXISTS (SELECT FROM role_assignment r WHERE r.user_id = u.id AND r.role <> 'CONTRIBUTOR')`;

/** What a link is to prove. */
export interface LinkedObligation {
  obligationId: string;
  occurrence: string;
  evidenceKind: string | null;
}

/** A drill is vouched for by somebody chosen from a list of people, which a link does not open. */
const isProvable = ({ evidenceKind }: LinkedObligation): boolean => evidenceKind !== null && evidenceKind !== 'DRILL';

/**
 * New links for one mail, in place of those of older mails.
 * @returns the secrets by obligation; none for who has another role than that of a contributor.
 */
export async function issueMailLinks(
  m: EntityManager,
  userId: string,
  obligations: readonly LinkedObligation[],
  now: Date,
): Promise<Map<string, string>> {
  const provable = obligations.filter(isProvable);
  if (provable.length === 0) return new Map();
  const [person] = (await m.query(`SELECT FROM app_user u WHERE u.id = $1 AND u.active AND ${CONTRIBUTES_ONLY}`, [
    userId,
  ])) as object[];
  if (!person) return new Map();
  const issued = provable.map(({ obligationId, occurrence }) => {
    const { secret, hash } = newSecret(LINK_PREFIX);
    return { id: newId(), secret, secretHash: hash, userId, obligationId, occurrence };
  });
  const rows = issued.map(({ secret: _secret, ...row }) => ({
    ...row,
    createdAt: now,
    expiresAt: new Date(now.getTime() + VALID_DAYS * DAY_MS),
  }));
  const types = {
    ...{ id: 'uuid', secretHash: 'text', userId: 'uuid', obligationId: 'uuid', occurrence: 'text' },
    ...{ createdAt: 'timestamptz', expiresAt: 'timestamptz' },
  };
  const { columns, source, values } = unnest(rows, types, 'issued');
  await m.query('DELETE FROM mail_link WHERE user_id = $1 AND obligation_id = ANY($2::uuid[])', [
    userId,
    rows.map(({ obligationId }) => obligationId),
  ]);
  await m.query(`INSERT INTO mail_link (${columns.join(', ')}) SELECT * FROM ${source}`, values);
  return new Map(issued.map(({ obligationId, secret }) => [obligationId, secret]));
}
