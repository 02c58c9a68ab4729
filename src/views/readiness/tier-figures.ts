import { Tier, TIERS } from '../../core/importance/tier';
import type { TierFigure } from '../../core/readiness/explain';
import { ObligationCounts, percentMet } from '../../core/readiness/roll-up';
import { Verdict, VERDICTS } from '../../core/readiness/system-verdict';
import { TierReadiness } from './dto/readiness.response';
import { VerdictFigures } from './dto/verdict-figures.response';

/** Kept counts of one tier, lifecycle and verdict, summed over organisations. */
export type CountRow = { tier: Tier; lifecycle: string; verdict: string; systems: number } & ObligationCounts;

const FIGURES = ['applicable', 'met', 'due_soon', 'overdue', 'failed', 'unknown', 'waived'];

/** SQL of the columns of a `CountRow` out of `readiness_count n`, grouped by the first three. */
export const COUNT_COLUMNS = `n.tier, n.lifecycle, n.verdict, sum(n.systems)::int AS systems,
  ${FIGURES.map((figure) => `sum(n.${figure})::int AS "${camel(figure)}"`).join(', ')}`;

/** What the counts of a tier come to. */
export function tierOf(tier: Tier, rows: readonly CountRow[]): TierReadiness {
  const sum = (figure: keyof ObligationCounts | 'systems'): number =>
    rows.reduce((total, row) => total + row[figure], 0);
  const obligations: ObligationCounts = {
    applicable: sum('applicable'),
    met: sum('met'),
    dueSoon: sum('dueSoon'),
    overdue: sum('overdue'),
    failed: sum('failed'),
    unknown: sum('unknown'),
    waived: sum('waived'),
  };
  const systemsOf = (verdict: Verdict): number => rows.find((row) => row.verdict === verdict)?.systems ?? 0;
  const byVerdict = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, systemsOf(verdict)]),
  ) as unknown as VerdictFigures;
  return { tier, total: sum('systems'), byVerdict, obligations, percentMet: percentMet(obligations) };
}

/** What counts come to: the tiers of the systems in operation, and how many others there are. */
export function summaryOf(rows: readonly CountRow[]): { tiers: TierReadiness[]; planned: number; retired: number } {
  const inLifecycle = (lifecycle: string): CountRow[] => rows.filter((row) => row.lifecycle === lifecycle);
  const systems = (of: readonly CountRow[]): number => of.reduce((sum, row) => sum + row.systems, 0);
  const operating = inLifecycle('OPERATING');
  return {
    tiers: TIERS.map((tier) =>
      tierOf(
        tier,
        operating.filter((row) => row.tier === tier),
      ),
    ),
    planned: systems(inLifecycle('PLANNED')),
    retired: systems(inLifecycle('RETIRED')),
  };
}

/** What a headline says of each tier. */
export function readyFigures(tiers: readonly TierReadiness[]): TierFigure[] {
  return tiers.map(({ tier, total, byVerdict }) => ({
    ...{ tier, total },
    ready: byVerdict.READY + byVerdict.READY_WITH_WAIVERS,
  }));
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
}
