import { explainVerdict, headline, headlineThen, type TierFigure } from './explain';
import { Reason } from './reason';
import { ObligationCounts } from './roll-up';
import { VERDICTS } from './system-verdict';

const COUNTS: ObligationCounts = { applicable: 20, met: 9, dueSoon: 1, overdue: 2, failed: 3, unknown: 4, waived: 1 };
const DECIDING = {
  ruleKey: 'restore-test',
  reason: { code: 'LAST_PROOF_FAILED', params: { performedOn: '2026-05-01' } } satisfies Reason,
};

describe('the sentence that explains a verdict', () => {
  it.each(VERDICTS)('of %s names the deciding rule and how many of how many are open', (verdict) => {
    expect(explainVerdict(verdict, DECIDING, COUNTS)).toEqual({
      code: `VERDICT_${verdict}`,
      params: { performedOn: '2026-05-01', ruleKey: 'restore-test', open: 9, applicable: 20 },
    });
  });

  it('names no rule when none decides', () => {
    expect(explainVerdict('READY', null, COUNTS).params).toEqual({ ruleKey: null, open: 9, applicable: 20 });
  });

  it('says so when nothing is owed', () => {
    const none = { applicable: 0, met: 0, dueSoon: 0, overdue: 0, failed: 0, unknown: 0, waived: 0 };
    expect(explainVerdict('UNKNOWN', null, none)).toEqual({ code: 'VERDICT_NO_DUTIES', params: {} });
  });
});

describe('the headline', () => {
  const gap = { systemName: '旅券発給', ruleKey: 'restore-test', ownerName: '山田', dueOn: '2026-06-30' };
  const high = { tier: 'HIGH', total: 7, ready: 2 } as const;
  const moderate = { tier: 'MODERATE', total: 3, ready: 3 } as const;
  const low = { tier: 'LOW', total: 0, ready: 0 } as const;
  const figures = { tier: 'HIGH', ready: 2, total: 7 };

  it.each([
    ['HEADLINE_GAP', gap, { ...figures, ...gap }],
    ['HEADLINE_GAP_WITHOUT_OWNER', { ...gap, ownerName: null }, { ...figures, ...gap, ownerName: null }],
    ['HEADLINE_NO_GAP', null, figures],
  ])('%s', (code, nearest, params) => {
    expect(headline([high, moderate, low], nearest)).toEqual({ code, params });
  });

  it.each([
    [[low, moderate, high], 'HIGH'],
    [[low, moderate], 'MODERATE'],
    [[{ ...high, total: 1 }, moderate], 'HIGH'],
    [[{ ...high, total: 0 }, moderate], 'MODERATE'],
  ])('speaks of the most important tier that has a system', (tiers, tier) => {
    expect(headline(tiers, null).params.tier).toBe(tier);
  });

  it.each([[[]], [[low]]])('says so when there is no system at all', (tiers) => {
    expect(headline(tiers, gap)).toEqual({ code: 'HEADLINE_EMPTY', params: {} });
  });
});

describe('the headline of a day that has passed', () => {
  it('says how many systems of the most important tier that had any were ready', () => {
    const tiers: TierFigure[] = [
      { tier: 'LOW', total: 3, ready: 1 },
      { tier: 'HIGH', total: 0, ready: 0 },
      { tier: 'MODERATE', total: 5, ready: 2 },
    ];
    expect(headlineThen(tiers, '2026-04-01')).toEqual({
      ...{ code: 'HEADLINE_THEN', params: { tier: 'MODERATE', ready: 2, total: 5, frozenOn: '2026-04-01' } },
    });
    expect(headlineThen([], '2026-04-01')).toEqual({ code: 'HEADLINE_THEN_EMPTY', params: { frozenOn: '2026-04-01' } });
  });
});
