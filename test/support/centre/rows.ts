import type { DataSource } from 'typeorm';
import type { ObligationState } from '../../../src/core/obligation/obligation';

/** One duty as far as most tests look at it. */
export interface DutyRow {
  id: string;
  ruleKey: string;
  dutyOf: string;
  state: ObligationState;
  dueOn: string | null;
  since: Date | null;
  reason: string;
  evidenceId: string | null;
}

/** The duties of a system by the key of the rule; of several requirements the one declared last. */
export async function dutiesOf(dataSource: DataSource, systemId: string): Promise<Record<string, DutyRow>> {
  const rows = await dataSource.query<DutyRow[]>(
    `SELECT id, rule_key AS "ruleKey", duty_of AS "dutyOf", state, due_on::text AS "dueOn", since, reason->>'code' AS reason,
       evidence_id AS "evidenceId" FROM obligation WHERE system_id = $1 ORDER BY duty_of`,
    [systemId],
  );
  return Object.fromEntries(rows.map((row) => [row.ruleKey, row]));
}

/** One duty that the system must have. */
export async function dutyOf(dataSource: DataSource, systemId: string, ruleKey: string): Promise<DutyRow> {
  const duty = (await dutiesOf(dataSource, systemId))[ruleKey];
  if (!duty) throw new Error(`${systemId} does not owe ${ruleKey}`);
  return duty;
}

export interface ReadinessRow {
  verdict: string | null;
  applicable: number;
  met: number;
  dueSoon: number;
  overdue: number;
  failed: number;
  unknown: number;
  waived: number;
}

export async function readinessOf(dataSource: DataSource, systemId: string): Promise<ReadinessRow> {
  const [row] = await dataSource.query<ReadinessRow[]>(
    `SELECT verdict, applicable, met, due_soon AS "dueSoon", overdue, failed, unknown, waived
     FROM system_readiness WHERE system_id = $1`,
    [systemId],
  );
  if (!row) throw new Error(`${systemId} has no verdict`);
  return row;
}

/** Every derived row there is, with all columns, in an order of its own. */
export interface DerivedRows {
  obligations: Record<string, unknown>[];
  readiness: Record<string, unknown>[];
  counts: Record<string, unknown>[];
}

export async function derivedRows(dataSource: DataSource): Promise<DerivedRows> {
  return {
    obligations: await dataSource.query('SELECT * FROM obligation ORDER BY system_id, rule_key, duty_of'),
    readiness: await dataSource.query('SELECT * FROM system_readiness ORDER BY system_id'),
    counts: await dataSource.query(
      `SELECT * FROM readiness_count WHERE systems <> 0 ORDER BY organisation_id, tier, lifecycle, verdict`,
    ),
  };
}

/** The rows in which two states of the derived tables differ, before and after; empty when they are alike. */
export function differences(before: DerivedRows, after: DerivedRows): { before: unknown; after: unknown }[] {
  return (['obligations', 'readiness', 'counts'] as const).flatMap((table) => {
    const length = Math.max(before[table].length, after[table].length);
    return Array.from({ length }, (_, n) => ({ before: before[table][n], after: after[table][n] })).filter(
      (pair) => JSON.stringify(pair.before) !== JSON.stringify(pair.after),
    );
  });
}

/** The same by what a duty is and not by the id that its row happens to have; nor by what has been told already. */
export function withoutIds({ obligations, readiness, counts }: DerivedRows): DerivedRows {
  const keyOf = new Map(
    obligations.map(({ id, rule_key, duty_of }) => [id, `${String(rule_key)} of ${String(duty_of)}`]),
  );
  return {
    obligations: obligations.map(({ id: _id, notified_through_on: _through, notify_at: _notifyAt, ...row }) => row),
    readiness: readiness.map((row) => ({ ...row, next_obligation_id: keyOf.get(row['next_obligation_id']) ?? null })),
    counts,
  };
}

const FIGURES = ['applicable', 'met', 'due_soon', 'overdue', 'failed', 'unknown', 'waived'];
const STATES = ['MET', 'DUE_SOON', 'OVERDUE', 'FAILED', 'UNKNOWN', 'WAIVED'];

/**
 * Where the kept figures differ from counting anew: `counts` of the organisations from the verdicts, `verdicts` of the systems from the
 * obligations. Both empty when nothing has drifted.
 */
export async function drift(dataSource: DataSource): Promise<{ counts: unknown[]; verdicts: unknown[] }> {
  const recounted = `SELECT organisation_id, tier, lifecycle, coalesce(verdict, '-') AS verdict, count(*) AS systems,
      ${FIGURES.map((figure) => `sum(${figure})::bigint AS ${figure}`).join(', ')} FROM system_readiness GROUP BY 1, 2, 3, 4`;
  const kept = `SELECT organisation_id, tier, lifecycle, verdict, systems, ${FIGURES.join(', ')} FROM readiness_count
    WHERE systems <> 0 OR ${FIGURES.map((figure) => `${figure} <> 0`).join(' OR ')}`;
  const states = STATES.map(
    (state) => `count(o.id) FILTER (WHERE o.state = '${state}')::int AS ${state.toLowerCase()}`,
  );
  const byHand = `SELECT r.system_id, count(o.id) FILTER (WHERE o.state <> 'NOT_APPLICABLE')::int AS applicable,
      ${states.join(', ')} FROM system_readiness r LEFT JOIN obligation o ON o.system_id = r.system_id GROUP BY 1`;
  const stored = `SELECT system_id, ${FIGURES.join(', ')} FROM system_readiness`;
  const difference = (a: string, b: string): Promise<unknown[]> =>
    dataSource.query(`(${a} EXCEPT ${b}) UNION ALL (${b} EXCEPT ${a})`);
  return { counts: await difference(recounted, kept), verdicts: await difference(byHand, stored) };
}
