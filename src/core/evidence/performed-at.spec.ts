import { performedAt } from './performed-at';

const NOW = new Date('2026-11-23T15:30:00Z');

describe('the instant of a day on which something was done', () => {
  it.each([
    ['2026-11-24', 'Asia/Tokyo', '2026-11-23T15:30:00.000Z'],
    ['2026-11-23', 'Asia/Tokyo', '2026-11-23T03:00:00.000Z'],
    ['2026-11-23', 'UTC', '2026-11-23T15:30:00.000Z'],
    ['2024-02-29', 'Europe/Berlin', '2024-02-29T11:00:00.000Z'],
  ])('for %s in %s is %s', (day, zone, instant) => {
    expect(performedAt(day, NOW, zone)?.toISOString()).toBe(instant);
  });

  it.each([
    ['2026-11-25', 'Asia/Tokyo'],
    ['2026-11-24', 'UTC'],
  ])('does not exist for %s in %s, which is still to come', (day, zone) => {
    expect(performedAt(day, NOW, zone)).toBeNull();
  });
});
