import { dueExpiryNotice } from './expiry';

const LAST = '2027-03-31';
const noticeOn = (today: string, madeOn = '2026-11-23') => dueExpiryNotice(madeOn, LAST, today);

describe('the expiry of a secret', () => {
  it.each([
    ['2027-02-28', null],
    ['2027-03-01', 30],
    ['2027-03-16', 30],
    ['2027-03-17', 14],
    ['2027-03-23', 14],
    ['2027-03-24', 7],
    ['2027-03-31', 7],
    ['2027-04-01', 'OVER'],
    ['2027-04-07', 'OVER'],
    ['2027-04-08', null],
  ] as const)('on %s is told by the notice %s', (today, notice) => {
    expect(noticeOn(today)).toBe(notice);
  });

  it('is not announced by what lay before the secret was made', () => {
    expect(noticeOn('2027-03-20', '2027-03-20')).toBeNull();
    expect(noticeOn('2027-03-24', '2027-03-20')).toBe(7);
    expect(noticeOn('2027-03-28', '2027-03-28')).toBeNull();
    expect(noticeOn('2027-04-01', '2027-03-28')).toBe('OVER');
  });
});
