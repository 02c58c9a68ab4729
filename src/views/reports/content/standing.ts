import { type Tier, TIERS } from '../../../core/importance/tier';
import { type ObligationCounts, percentMet } from '../../../core/readiness/roll-up';
import { VERDICTS } from '../../../core/readiness/system-verdict';
import { addDays } from '../../../core/time/civil-date';
import type { ReportedStanding, ReportedTier, ReportedVerdicts } from './report-content.response';
import type { SectionQuery } from './section-query';

/** As many days earlier stand in for the end of the period before. */
const NEAR_DAYS = 6;

/** Counts tell also of agencies that keep their details to themselves. */
const COUNTED = 'n.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = $1)';

const OBLIGATIONS = ['applicable', 'met', 'dueSoon', 'overdue', 'failed', 'unknown', 'waived'] as const;
const FIGURES = ['systems', ...OBLIGATIONS] as const;
type Figure = (typeof FIGURES)[number];
const COLUMNS = `n.tier, n.lifecycle, n.verdict, ${FIGURES.map((figure) => `sum(n.${figure === 'dueSoon' ? 'due_soon' : figure})::int AS "${figure}"`).join(', ')}`;

type CountRow = { tier: Tier; lifecycle: string; verdict: string } & Record<Figure, number>;

/** The tiers by verdict at the end of the period: of the last day of it that is frozen, or of now while it runs. */
export async function standing(query: SectionQuery): Promise<ReportedStanding | null> {
  const { m, organisationId, running, period } = query;
  if (!running) return frozen(query, period.startsOn, period.endsOn);
  const rows = await m.query<CountRow[]>(`SELECT ${COLUMNS} FROM readiness_count n WHERE ${COUNTED} GROUP BY 1, 2, 3`, [
    organisationId,
  ]);
  return { on: null, madeUp: false, ...summaryOf(rows) };
}

/** The same at the end of the period before. */
export function standingBefore(query: SectionQuery): Promise<ReportedStanding | null> {
  const end = addDays(query.period.startsOn, -1);
  return frozen(query, addDays(end, -NEAR_DAYS), end);
}

async function frozen({ m, organisationId }: SectionQuery, from: string, to: string): Promise<ReportedStanding | null> {
  const rows = await m.query<(CountRow & { on: string; madeUp: boolean })[]>(
    `SELECT ${COLUMNS}, d.day_on::text AS "on", d.made_up AS "madeUp"
     FROM (SELECT * FROM readiness_day WHERE day_on BETWEEN $2::date AND $3::date ORDER BY day_on DESC LIMIT 1) d
     LEFT JOIN readiness_day_count n ON n.day_on = d.day_on AND ${COUNTED}
     GROUP BY 1, 2, 3, d.day_on, d.made_up`,
    [organisationId, from, to],
  );
  const [day] = rows;
  return day ? { on: day.on, madeUp: day.madeUp, ...summaryOf(rows) } : null;
}

function summaryOf(rows: readonly CountRow[]): Pick<ReportedStanding, 'tiers' | 'planned' | 'retired'> {
  const inLifecycle = (lifecycle: string): number =>
    sum(
      'systems',
      rows.filter((row) => row.lifecycle === lifecycle),
    );
  const operating = rows.filter(({ lifecycle }) => lifecycle === 'OPERATING');
  return {
    tiers: TIERS.map((tier) =>
      tierOf(
        tier,
        operating.filter((row) => row.tier === tier),
      ),
    ),
    planned: inLifecycle('PLANNED'),
    retired: inLifecycle('RETIRED'),
  };
}

function tierOf(tier: Tier, rows: readonly CountRow[]): ReportedTier {
  const counts = Object.fromEntries(
    OBLIGATIONS.map((figure) => [figure, sum(figure, rows)]),
  ) as unknown as ObligationCounts;
  const byVerdict = Object.fromEntries(
    VERDICTS.map((verdict) => [
      verdict,
      sum(
        'systems',
        rows.filter((row) => row.verdict === verdict),
      ),
    ]),
  ) as unknown as ReportedVerdicts;
  return { tier, total: sum('systems', rows), byVerdict, ...counts, percentMet: percentMet(counts) };
}

function sum(figure: Figure, rows: readonly CountRow[]): number {
  return rows.reduce((total, row) => total + row[figure], 0);
}
