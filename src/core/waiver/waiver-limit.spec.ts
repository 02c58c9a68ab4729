import { latestExpiry } from './waiver-limit';

describe('the latest end of a waiver', () => {
  it.each([
    ['HIGH', '2026-11-26', '2027-05-26'],
    ['HIGH', '2026-08-31', '2027-02-28'],
    ['MODERATE', '2026-11-26', '2027-11-26'],
    ['LOW', '2028-02-29', '2029-02-28'],
  ] as const)('of a %s system asked for on %s is %s', (tier, today, expiry) => {
    expect(latestExpiry(tier, today)).toBe(expiry);
  });
});
