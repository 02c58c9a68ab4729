import { Reason } from './reason';
import { ObligationCounts } from './roll-up';
import { Verdict } from './system-verdict';
import { Tier, compareTiers } from '../importance/tier';
import type { CivilDate } from '../time/civil-date';

/** The one sentence that says why a system has its verdict; `ruleKey` names the duty that decides it. */
export function explainVerdict(
  verdict: Verdict,
  deciding: { ruleKey: string; reason: Reason } | null,
  counts: ObligationCounts,
): Reason {
  if (counts.applicable === 0) return { code: 'VERDICT_NO_DUTIES', params: {} };
  const open = counts.overdue + counts.failed + counts.unknown;
  return {
    code: `VERDICT_${verdict}`,
    params: { ...deciding?.reason.params, ruleKey: deciding?.ruleKey ?? null, open, applicable: counts.applicable },
  };
}

/** One tier as the headline of a roll-up needs it. */
export interface TierFigure {
  tier: Tier;
  total: number;
  ready: number;
}

/** The nearest gap that a headline names. */
export interface Gap {
  systemName: string;
  ruleKey: string;
  ownerName: string | null;
  dueOn: string | null;
}

/**
 * The first sentence a manager reads: how many systems of the most important tier that has any are ready, and the nearest gap.
 * READY_WITH_WAIVERS counts as ready here, and is shown beside it.
 */
export function headline(tiers: readonly TierFigure[], gap: Gap | null): Reason {
  const figure = mostImportant(tiers);
  if (!figure) return { code: 'HEADLINE_EMPTY', params: {} };
  const params = { tier: figure.tier, ready: figure.ready, total: figure.total };
  if (!gap) return { code: 'HEADLINE_NO_GAP', params };
  return {
    code: gap.ownerName ? 'HEADLINE_GAP' : 'HEADLINE_GAP_WITHOUT_OWNER',
    params: { ...params, ...gap },
  };
}

/** The same sentence about a day that has passed, of which no gap is kept. */
export function headlineThen(tiers: readonly TierFigure[], frozenOn: CivilDate): Reason {
  const figure = mostImportant(tiers);
  if (!figure) return { code: 'HEADLINE_THEN_EMPTY', params: { frozenOn } };
  return { code: 'HEADLINE_THEN', params: { tier: figure.tier, ready: figure.ready, total: figure.total, frozenOn } };
}

function mostImportant(tiers: readonly TierFigure[]): TierFigure | undefined {
  return tiers.filter(({ total }) => total > 0).sort((a, b) => compareTiers(a.tier, b.tier))[0];
}
