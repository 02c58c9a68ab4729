import { EntityManager } from 'typeorm';
import type { SystemFacts } from '../../core/obligation/derive-obligations';
import type { ObligationState } from '../../core/obligation/obligation';
import type { ObligationView, Verdict } from '../../core/readiness/system-verdict';
import { systemColumns } from '../ledger/obligation-facts';
import type { Standing } from './effect';

/** The organisations below `organisation` that have no nearer policy of their own: a policy of it reaches them. */
const REACHED = (organisation: string): string => `
  SELECT below.organisation_id FROM organisation_closure below WHERE below.ancestor_id = ${organisation}
    AND NOT EXISTS (SELECT FROM organisation_closure nearer
      JOIN policy p ON p.organisation_id = nearer.ancestor_id AND p.status = 'PUBLISHED'
      WHERE nearer.organisation_id = below.organisation_id AND nearer.depth < below.depth)`;

/** A system in operation with its stored verdict. */
export type SystemStanding = Omit<SystemFacts, 'approvedVersions'> & {
  organisationId: string;
  verdict: Verdict | null;
};

/** How many systems in operation a policy of the organisation reaches. */
export async function countAffected(m: EntityManager, organisationId: string): Promise<number> {
  const [row] = await m.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM system s WHERE s.lifecycle = 'OPERATING' AND s.organisation_id IN (${REACHED('$1::uuid')})`,
    [organisationId],
  );
  return row?.n ?? 0;
}

/** The next of them after an id, in the order of their ids. @param after is empty for the first page. */
export async function systemsAfter(
  m: EntityManager,
  organisationId: string,
  after: string,
  limit: number,
  timeZone: string,
): Promise<SystemStanding[]> {
  return m.query<SystemStanding[]>(
    `SELECT ${systemColumns('$4')}, r.verdict FROM system s LEFT JOIN system_readiness r ON r.system_id = s.id
     WHERE s.lifecycle = 'OPERATING' AND s.organisation_id IN (${REACHED('$1::uuid')}) AND ($2::uuid IS NULL OR s.id > $2::uuid)
     ORDER BY s.id LIMIT $3`,
    [organisationId, after || null, limit, timeZone],
  );
}

/** How the obligations of one system stand: of those under rules that stay only what a verdict looks at. */
export interface StoredStandings {
  untouched: ObligationView[];
  touched: Standing[];
}

interface StandingsRow {
  systemId: string;
  untouched: string[] | null;
  touched: [string, string, ObligationState, string | null, boolean][] | null;
}

/** The stored obligations of a page of systems in one statement. `touched`: keys of the rules that change. */
export async function loadStandings(
  m: EntityManager,
  systemIds: readonly string[],
  touched: readonly string[],
): Promise<Map<string, StoredStandings>> {
  const rows = await m.query<StandingsRow[]>(
    `SELECT system_id AS "systemId",
       array_agg(DISTINCT CASE WHEN gating THEN '+' ELSE '-' END || state) FILTER (WHERE rule_key <> ALL($2::text[])) AS untouched,
       json_agg(json_build_array(rule_key, duty_of, state, due_on, evidence_id IS NOT NULL))
         FILTER (WHERE rule_key = ANY($2::text[])) AS touched
     FROM obligation WHERE system_id = ANY($1::uuid[]) GROUP BY system_id`,
    [systemIds, touched],
  );
  return new Map(
    rows.map(({ systemId, untouched, touched: changing }) => [
      systemId,
      {
        untouched: (untouched ?? []).map((view) => ({
          gating: view.startsWith('+'),
          state: view.slice(1) as ObligationState,
        })),
        touched: (changing ?? []).map(([ruleKey, dutyOf, state, dueOn, isProven]) => ({
          ...{ ruleKey, dutyOf, state, dueOn, isProven },
        })),
      },
    ]),
  );
}
