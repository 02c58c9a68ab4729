import { nothing, proof, tell, together, world } from '../../../../test/support/rules/story';
import { packRule, tokyo } from '../../../../test/support/rules/duties';
import { DEFAULT_POLICY } from '../../policy/default-policy';

const performed = (key: string, on: string) => proof(key, { performedAt: tokyo(on) });

describe('a register imported on 1 April with proof of before', () => {
  tell(world({ tier: 'MODERATE' }), [
    [
      '2026-04-01 09:00',
      'counts from the days performed, not from the day typed in',
      together(
        performed('restore-test', '2025-12-24'),
        performed('drill-functional', '2025-04-01'),
        performed('procedure-review', '2024-01-31'),
      ),
      { 'restore-test': 'MET', 'drill-functional': 'DUE_SOON', 'procedure-review': 'OVERDUE' },
      'NOT_READY',
    ],
    ['2026-04-02', 'the drill of a year ago has expired', nothing, { 'drill-functional': 'OVERDUE' }],
    ['2026-04-25', 'sixty days before the restore test is due', nothing, { 'restore-test': 'DUE_SOON' }],
    [
      '2026-05-31 23:59:59.999',
      'what has no proof has a grace of sixty days',
      nothing,
      { 'procedure-approved': 'UNKNOWN' },
    ],
    ['2026-06-01', 'and no more', nothing, { 'procedure-approved': 'OVERDUE' }],
  ]);
});

const ANCHORED = {
  ...DEFAULT_POLICY,
  rules: [{ ...packRule('drill-tabletop'), anchor: 'FISCAL_YEAR' as const }],
};

describe('a yearly drill anchored to the fiscal year', () => {
  tell(world({ tier: 'LOW' }, ANCHORED), [
    ['2026-11-20', 'held in the autumn of 2026', proof('drill-tabletop'), { 'drill-tabletop': 'MET' }],
    ['2027-11-21', 'may be held in any month of the next fiscal year', nothing, { 'drill-tabletop': 'MET' }],
    ['2028-01-01', 'ninety days before its end', nothing, { 'drill-tabletop': 'DUE_SOON' }],
    ['2028-03-31 23:59:59.999', 'up to the last moment', nothing, { 'drill-tabletop': 'DUE_SOON' }],
    ['2028-04-01', 'and is then overdue', nothing, { 'drill-tabletop': 'OVERDUE' }],
    [
      '2028-04-02',
      'held late, it counts for the year it was held in',
      proof('drill-tabletop'),
      { 'drill-tabletop': 'MET' },
    ],
    ['2030-03-31 23:59:59.999', 'so that the next ends two years on', nothing, { 'drill-tabletop': 'DUE_SOON' }],
  ]);
});
