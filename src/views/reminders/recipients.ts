import { EntityManager } from 'typeorm';
import type { Audience } from '../../core/reminder/reminder-plan';
import { ASKED_PEOPLE } from '../../obligations/notices/asked-sql';

/** Who is told. */
export interface Recipients {
  /** For one obligation and audience: user ids, at least one unless the organisation has nobody at all. */
  of(obligationId: string, organisationId: string, audience: Audience): string[];
  /** Whether the obligation is somebody's own, and not told them for want of an owner. */
  isTheirs(obligationId: string, userId: string): boolean;
}

/** Whom to tell when nobody is there: a duty without an owner falls to the manager, and so on upwards. */
const FALLBACK: Record<Audience, readonly string[]> = {
  OWNER: ['MANAGER', 'CISO_OFFICE', 'ADMIN'],
  MANAGER: ['MANAGER', 'CISO_OFFICE', 'ADMIN'],
  CISO_OFFICE: ['CISO_OFFICE', 'ADMIN'],
};

/**
 * Finds the people for a batch of obligations in two statements: whose improvement item it is, else who owns the system. A role is looked for from the system's organisation upwards, the nearest first;
 * nobody above an agency that keeps its details to itself is told what is inside.
 */
export async function loadRecipients(
  m: EntityManager,
  obligationIds: readonly string[],
  organisationIds: readonly string[],
): Promise<Recipients> {
  const owners = await m.query<{ obligationId: string; userId: string }[]>(
    `SELECT DISTINCT o.id AS "obligationId", u.id AS "userId"
     FROM obligation o LEFT JOIN system s ON s.id = o.system_id
     LEFT JOIN improvement_item i ON i.id = o.duty_of
     CROSS JOIN LATERAL unnest(${ASKED_PEOPLE}) asked(id)
     JOIN app_user u ON u.id = asked.id AND u.active
     WHERE o.id = ANY($1::uuid[]) ORDER BY 1, 2`,
    [obligationIds],
  );
  const holders = await m.query<{ organisationId: string; role: string; userId: string }[]>(
    `SELECT "organisationId", role, "userId" FROM (
       SELECT c.organisation_id AS "organisationId", r.role, u.id AS "userId",
         rank() OVER (PARTITION BY c.organisation_id, r.role ORDER BY c.depth) AS nearness
       FROM organisation_closure c
       JOIN role_assignment r ON r.organisation_id = c.ancestor_id AND r.role IN ('MANAGER','CISO_OFFICE','ADMIN')
       JOIN app_user u ON u.id = r.user_id AND u.active
       WHERE c.organisation_id = ANY($1::uuid[]) AND c.details_open) found
     WHERE nearness = 1 ORDER BY 1, 2, 3`,
    [organisationIds],
  );
  const ownersOf = groupBy(owners, ({ obligationId }) => obligationId);
  const holdersOf = groupBy(holders, ({ organisationId, role }) => `${organisationId}:${role}`);
  return {
    isTheirs: (obligationId, userId) => ownersOf.get(obligationId)?.includes(userId) ?? false,
    of: (obligationId, organisationId, audience) => {
      const own = audience === 'OWNER' ? (ownersOf.get(obligationId) ?? []) : [];
      if (own.length > 0) return own;
      const role = FALLBACK[audience].find((candidate) => holdersOf.has(`${organisationId}:${candidate}`));
      return role ? (holdersOf.get(`${organisationId}:${role}`) ?? []) : [];
    },
  };
}

function groupBy<T extends { userId: string }>(rows: readonly T[], key: (row: T) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row.userId]);
  return groups;
}
