import { missedSlots } from './missed-slots';

const at = (time: string): Date => new Date(`${time}:00Z`);
const HOUR_MS = 3_600_000;
/** Nightly at 02:00. */
const nextSlot = (after: Date): Date => {
  const slot = new Date(after);
  slot.setUTCHours(2, 0, 0, 0);
  return slot > after ? slot : new Date(slot.getTime() + 24 * HOUR_MS);
};
const NIGHTLY = { since: at('2026-11-20T12:00'), graceMinutes: 60, nextSlot };
const missed = (runs: [string, boolean][], asOf: string): string[] =>
  missedSlots(
    runs.map(([startedAt, passed]) => ({ startedAt: at(startedAt), passed })),
    NIGHTLY,
    at(asOf),
  ).map((slot) => slot.toISOString().slice(0, 10));

describe('the nights at which no run passed', () => {
  it.each<[string, [string, boolean][], string, string[]]>([
    ['none before the first', [], '2026-11-21T01:00', []],
    ['none within the grace', [], '2026-11-21T03:00', []],
    ['one after it', [], '2026-11-21T03:01', ['2026-11-21']],
    ['each, in silence', [], '2026-11-23T12:00', ['2026-11-21', '2026-11-22', '2026-11-23']],
    [
      'a gap between two runs',
      [
        ['2026-11-21T02:00', true],
        ['2026-11-23T02:05', true],
      ],
      '2026-11-23T12:00',
      ['2026-11-22'],
    ],
    [
      'one at which the run failed',
      [
        ['2026-11-21T02:00', true],
        ['2026-11-22T02:00', false],
      ],
      '2026-11-22T12:00',
      ['2026-11-22'],
    ],
    ['one made good too late', [['2026-11-21T09:00', true]], '2026-11-21T12:00', ['2026-11-21']],
    ['none made good within the grace', [['2026-11-21T02:59', true]], '2026-11-21T12:00', []],
  ])('%s', (_, runs, asOf, nights) => {
    expect(missed(runs, asOf)).toEqual(nights);
  });
});
