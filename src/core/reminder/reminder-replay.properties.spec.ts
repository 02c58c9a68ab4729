import * as fc from 'fast-check';
import { civilDates } from '../../../test/support/arbitrary-dates';
import { TIERS } from '../importance/tier';
import { leadDays } from '../obligation/lead-time';
import { CivilDate, addDays, daysBetween } from '../time/civil-date';
import { Occasion, PlannedReminder, dueReminders, nextReminderOn, planReminders } from './reminder-plan';

/** Every ninth day of the month is a holiday here, so that working days differ from weekdays all year round. */
const isHoliday = (date: CivilDate): boolean => Number(date.slice(8)) % 9 === 0;

const occasions: fc.Arbitrary<Occasion> = fc
  .record({
    tier: fc.constantFrom(...TIERS),
    dueOn: civilDates('2026-01-01', '2027-12-31'),
    kind: fc.constantFrom('DRILL' as const, 'REVIEW' as const, 'RECOVERY_POINT' as const),
    cadence: fc.constantFrom('P7D', 'P1M', 'P3M', 'P12M'),
  })
  .map(({ tier, dueOn, kind, cadence }) => ({ tier, dueOn, leadDays: leadDays(kind, cadence, 'P30D') }));

const name = ({ audience, stage, offsetDays }: PlannedReminder): string => `${audience} ${stage} ${offsetDays}`;

/** The days on which the sweep runs, from the first to the last, with gaps of `outages` days. */
function sweeps(first: CivilDate, last: CivilDate, outages: readonly number[]): CivilDate[] {
  const days: CivilDate[] = [];
  for (let day = first, run = 0; day <= last; run += 1) {
    days.push(day);
    day = addDays(day, 1 + (outages.length > 0 ? (outages[run % outages.length] ?? 0) : 0));
  }
  return days;
}

/** What each sweep sends, when each goes on where the one before ended. */
function replay(occasion: Occasion, days: readonly CivilDate[]): { day: CivilDate; sent: PlannedReminder[] }[] {
  let through: CivilDate | null = null;
  return days.map((day) => {
    const sent = dueReminders(occasion, through, day, isHoliday);
    through = day;
    return { day, sent };
  });
}

/** From before the first lead of all to well after the last escalation. */
const fromOf = ({ dueOn }: Occasion): CivilDate => addDays(dueOn, -95);
const untilOf = ({ dueOn }: Occasion): CivilDate => addDays(dueOn, 120);
const RUNS = { numRuns: 40 };

describe('reminders replayed day by day', () => {
  it('send each planned notice exactly once, on its own day', () => {
    fc.assert(
      fc.property(occasions, (occasion) => {
        const told = replay(occasion, sweeps(fromOf(occasion), untilOf(occasion), []));
        for (const { day, sent } of told) expect(sent.every(({ on }) => on === day)).toBe(true);
        const planned = planReminders(occasion, untilOf(occasion), isHoliday).map(name);
        expect(told.flatMap(({ sent }) => sent.map(name)).sort()).toEqual(planned.sort());
      }),
      RUNS,
    );
  });

  it('never send one audience two notices on one day, whatever the outages', () => {
    fc.assert(
      fc.property(occasions, fc.array(fc.nat(40), { maxLength: 6 }), (occasion, outages) => {
        for (const { sent } of replay(occasion, sweeps(fromOf(occasion), untilOf(occasion), outages)))
          expect(new Set(sent.map(({ audience }) => audience)).size).toBe(sent.length);
      }),
      RUNS,
    );
  });

  it('after an outage send for each audience the latest that was missed, none of it twice and none of it early', () => {
    fc.assert(
      fc.property(occasions, fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), (occasion, outages) => {
        const planned = planReminders(occasion, untilOf(occasion), isHoliday);
        let through = '1900-01-01';
        const names: string[] = [];
        for (const { day, sent } of replay(occasion, sweeps(fromOf(occasion), untilOf(occasion), outages))) {
          const missed = planned.filter(({ on }) => on > through && on <= day);
          for (const audience of new Set(missed.map((reminder) => reminder.audience))) {
            const latest = missed.filter((reminder) => reminder.audience === audience).at(-1) as PlannedReminder;
            expect(sent.filter((reminder) => reminder.audience === audience)).toEqual([latest]);
          }
          expect(sent.length).toBe(new Set(missed.map(({ audience }) => audience)).size);
          names.push(...sent.map(name));
          through = day;
        }
        expect(new Set(names).size).toBe(names.length);
      }),
      RUNS,
    );
  });

  it('lose no audience: whoever is to be told is told by the end of the outage', () => {
    fc.assert(
      fc.property(occasions, civilDates('2025-09-01', '2028-06-30'), (occasion, today) => {
        const planned = planReminders(occasion, today, isHoliday);
        const told = dueReminders(occasion, null, today, isHoliday);
        expect(new Set(told.map(({ audience }) => audience))).toEqual(new Set(planned.map(({ audience }) => audience)));
      }),
      RUNS,
    );
  });
});

describe('the plan', () => {
  it('is in the order of its days, within its end, and never names one audience twice on a day', () => {
    fc.assert(
      fc.property(occasions, civilDates('2025-09-01', '2028-06-30'), (occasion, until) => {
        const planned = planReminders(occasion, until, isHoliday);
        const days = planned.map(({ on }) => on);
        expect([...days].sort()).toEqual(days);
        expect(days.every((day) => day <= until)).toBe(true);
        expect(new Set(planned.map(({ audience, on }) => `${audience} ${on}`)).size).toBe(planned.length);
      }),
      RUNS,
    );
  });

  it('only grows when it is made for longer', () => {
    fc.assert(
      fc.property(occasions, civilDates('2025-09-01', '2028-06-30'), fc.nat(400), (occasion, until, more) => {
        const short = planReminders(occasion, until, isHoliday).map(name);
        const long = planReminders(occasion, addDays(until, more), isHoliday).map(name);
        expect(long.slice(0, short.length)).toEqual(short);
      }),
      RUNS,
    );
  });

  it('leaves nobody without a word for more than a week while overdue', () => {
    fc.assert(
      fc.property(occasions, (occasion) => {
        const overdue = planReminders(occasion, untilOf(occasion), isHoliday).filter(
          ({ audience, on }) => audience === 'OWNER' && on >= occasion.dueOn,
        );
        overdue.slice(1).forEach(({ on }, index) => {
          expect(daysBetween((overdue[index] as PlannedReminder).on, on)).toBeLessThanOrEqual(7);
        });
      }),
      RUNS,
    );
  });

  it('is walked through from one next day to the next without leaving out any', () => {
    fc.assert(
      fc.property(occasions, (occasion) => {
        const days = [...new Set(planReminders(occasion, untilOf(occasion), isHoliday).map(({ on }) => on))];
        const walked: CivilDate[] = [];
        for (let day = nextReminderOn(occasion, fromOf(occasion), isHoliday); day <= untilOf(occasion);) {
          walked.push(day);
          day = nextReminderOn(occasion, day, isHoliday);
        }
        expect(walked).toEqual(days);
      }),
      RUNS,
    );
  });
});
