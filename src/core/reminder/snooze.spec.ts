import { isHeldBack, latestSnooze } from './snooze';

const TODAY = '2026-11-23';

describe('a snooze', () => {
  it.each([
    ['HIGH', '2026-11-30'],
    ['MODERATE', '2026-12-07'],
    ['LOW', '2026-12-23'],
  ] as const)('of a system of tier %s lasts through %s at most', (tier, last) => {
    expect(latestSnooze(tier, TODAY)).toBe(last);
  });

  const snoozed = { occurrence: 'DUE:2026-11-20', untilOn: '2026-11-26' };
  const notice = { audience: 'OWNER', occurrence: 'DUE:2026-11-20' } as const;

  it('holds back what owner and deputy would be told, through its last day', () => {
    expect(isHeldBack(snoozed, notice, TODAY)).toBe(true);
    expect(isHeldBack(snoozed, notice, '2026-11-26')).toBe(true);
    expect(isHeldBack(snoozed, notice, '2026-11-27')).toBe(false);
  });

  it.each(['MANAGER', 'CISO_OFFICE'] as const)('never holds back what escalates to %s', (audience) => {
    expect(isHeldBack(snoozed, { ...notice, audience }, TODAY)).toBe(false);
  });

  it('does not hold back what has happened since', () => {
    expect(isHeldBack(snoozed, { ...notice, occurrence: 'FAILED:2026-11-23' }, TODAY)).toBe(false);
  });

  it('holds nothing back where there is none', () => {
    expect(isHeldBack(undefined, notice, TODAY)).toBe(false);
  });
});
