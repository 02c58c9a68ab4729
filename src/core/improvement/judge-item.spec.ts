import { addDays } from '../time/civil-date';
import { defaultDueOn } from './improvement-item';
import { judgeItem, occasionOfItem } from './judge-item';

const ITEM = {
  id: 'item',
  title: '復元手順の連絡先を直す',
  openedAt: new Date('2026-11-01T03:00:00Z'),
  dueOn: '2026-12-01',
};
const at = (instant: string) => ({ asOf: new Date(instant), timeZone: 'Asia/Tokyo' });

describe('an open improvement item', () => {
  it('is unproven through the whole of its day', () => {
    expect(judgeItem(ITEM, at('2026-12-01T14:59:59Z'))).toEqual({
      state: 'UNKNOWN',
      reason: { code: 'IMPROVEMENT_OPEN', params: { title: ITEM.title, dueOn: '2026-12-01' } },
      dueOn: '2026-12-01',
      dueAt: new Date('2026-12-01T15:00:00Z'),
      since: ITEM.openedAt,
      evidenceId: null,
      attentionAt: new Date('2026-12-01T15:00:00Z'),
    });
  });

  it('is overdue from the end of its day, and time changes it no more', () => {
    expect(judgeItem(ITEM, at('2026-12-01T15:00:00Z'))).toMatchObject({
      state: 'OVERDUE',
      reason: { code: 'IMPROVEMENT_OVERDUE' },
      since: new Date('2026-12-01T15:00:00Z'),
      attentionAt: null,
    });
  });

  it.each([
    [5, [0]],
    [30, [3, 0]],
    [90, [14, 7, 1, 0]],
    [200, [60, 30, 14, 7, 0]],
  ])('that was given %i days is announced %p days before', (days, leadDays) => {
    const dueOn = addDays('2026-11-01', days);
    const occasion = occasionOfItem({ ...ITEM, dueOn }, 'HIGH', 'Asia/Tokyo');
    expect(occasion).toEqual({ occurrence: `DUE:${dueOn}`, dueOn, leadDays, tier: 'HIGH' });
  });
});

describe('the day by which an item is due', () => {
  it('is 30 days after a failed drill', () => {
    expect(defaultDueOn('DRILL', '2026-11-26')).toBe('2026-12-26');
  });
});
