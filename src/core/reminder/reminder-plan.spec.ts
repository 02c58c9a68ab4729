import { TIERS, Tier } from '../importance/tier';
import { CivilDate } from '../time/civil-date';
import { Occasion, PlannedReminder, dueReminders, nextReminderOn, planReminders } from './reminder-plan';

/** Golden Week 2026 with its substitute, Marine Day, the turn of the year, Coming-of-Age Day 2027. */
const CLOSED = new Set([
  ...['2026-04-29', '2026-05-03', '2026-05-04', '2026-05-05', '2026-05-06', '2026-07-20'],
  ...['2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-11'],
]);
const isHoliday = (date: CivilDate): boolean => CLOSED.has(date);

const occasion = (dueOn: CivilDate, tier: Tier = 'HIGH', leadDays: readonly number[] = [0]): Occasion => ({
  dueOn,
  tier,
  leadDays,
});
const plan = (of: Occasion, until: CivilDate): PlannedReminder[] => planReminders(of, until, isHoliday);
const days = (planned: readonly PlannedReminder[], ...stages: PlannedReminder['stage'][]): CivilDate[] =>
  planned.filter(({ stage }) => stages.includes(stage)).map(({ on }) => on);

describe('the notices before and on the due day', () => {
  it.each<[readonly number[], CivilDate[]]>([
    [[0], ['2026-09-30']],
    [
      [3, 0],
      ['2026-09-27', '2026-09-30'],
    ],
    [
      [14, 7, 1, 0],
      ['2026-09-16', '2026-09-23', '2026-09-29', '2026-09-30'],
    ],
    [
      [60, 30, 14, 7, 0],
      ['2026-08-01', '2026-08-31', '2026-09-16', '2026-09-23', '2026-09-30'],
    ],
    [
      [90, 60, 30, 14, 7, 0],
      ['2026-07-02', '2026-08-01', '2026-08-31', '2026-09-16', '2026-09-23', '2026-09-30'],
    ],
  ])('with leads of %j days', (leads, expected) => {
    const planned = plan(occasion('2026-09-30', 'LOW', leads), '2026-09-30');
    expect(planned.map(({ on }) => on)).toEqual(expected);
    expect(planned.map(({ offsetDays }) => offsetDays)).toEqual(leads.map((lead) => (lead === 0 ? 0 : -lead)));
    expect(planned.map(({ stage }) => stage)).toEqual(leads.map((lead) => (lead === 0 ? 'DUE' : 'LEAD')));
    expect(planned.every(({ audience }) => audience === 'OWNER')).toBe(true);
  });
});

describe('the notices while overdue', () => {
  const due = occasion('2026-06-01', 'LOW');

  it.each<[CivilDate, CivilDate[]]>([
    ['2026-06-01', []],
    ['2026-06-02', ['2026-06-02']],
    ['2026-06-03', ['2026-06-02']],
    ['2026-06-04', ['2026-06-02', '2026-06-04']],
    ['2026-06-07', ['2026-06-02', '2026-06-04']],
    ['2026-06-08', ['2026-06-02', '2026-06-04', '2026-06-08']],
    ['2026-06-14', ['2026-06-02', '2026-06-04', '2026-06-08']],
    ['2026-06-15', ['2026-06-02', '2026-06-04', '2026-06-08', '2026-06-15']],
    ['2026-06-29', ['2026-06-02', '2026-06-04', '2026-06-08', '2026-06-15', '2026-06-22', '2026-06-29']],
  ])('up to %s', (until, expected) => {
    expect(days(plan(due, until), 'OVERDUE')).toEqual(expected);
  });

  it('come on +1, +3, +7 and then every week, for years', () => {
    const offsets = plan(due, '2029-06-01').flatMap((r) => (r.stage === 'OVERDUE' ? [r.offsetDays] : []));
    expect(offsets.slice(0, 5)).toEqual([1, 3, 7, 14, 21]);
    expect(offsets.slice(3).every((offset, index) => offset === 14 + 7 * index)).toBe(true);
    expect(offsets.at(-1)).toBe(1092);
  });
});

describe('the escalation over working days', () => {
  const escalations = (of: Occasion): [string, CivilDate][] =>
    plan(of, '2028-01-01').flatMap((r) => (r.stage === 'ESCALATION' ? [[`${r.audience} +${r.offsetDays}`, r.on]] : []));

  it.each<[string, Tier, CivilDate, [string, CivilDate][]]>([
    [
      'plain weeks',
      'HIGH',
      '2026-06-01',
      [
        ['MANAGER +3', '2026-06-04'],
        ['CISO_OFFICE +7', '2026-06-10'],
        ['CISO_OFFICE +14', '2026-06-19'],
      ],
    ],
    [
      'plain weeks',
      'MODERATE',
      '2026-06-01',
      [
        ['MANAGER +7', '2026-06-10'],
        ['CISO_OFFICE +21', '2026-06-30'],
      ],
    ],
    [
      'weeks with Marine Day',
      'LOW',
      '2026-06-01',
      [
        ['MANAGER +14', '2026-06-19'],
        ['CISO_OFFICE +45', '2026-08-04'],
      ],
    ],
    [
      'Golden Week',
      'HIGH',
      '2026-04-28',
      [
        ['MANAGER +3', '2026-05-07'],
        ['CISO_OFFICE +7', '2026-05-13'],
        ['CISO_OFFICE +14', '2026-05-22'],
      ],
    ],
    [
      'Golden Week, due on its Saturday',
      'HIGH',
      '2026-05-02',
      [
        ['MANAGER +3', '2026-05-11'],
        ['CISO_OFFICE +7', '2026-05-15'],
        ['CISO_OFFICE +14', '2026-05-26'],
      ],
    ],
    [
      'the turn of the year',
      'HIGH',
      '2026-12-25',
      [
        ['MANAGER +3', '2027-01-05'],
        ['CISO_OFFICE +7', '2027-01-12'],
        ['CISO_OFFICE +14', '2027-01-21'],
      ],
    ],
    [
      'the turn of the year, due on New Year’s Eve',
      'MODERATE',
      '2026-12-31',
      [
        ['MANAGER +7', '2027-01-13'],
        ['CISO_OFFICE +21', '2027-02-02'],
      ],
    ],
  ])('in %s, for %s due on %s', (_, tier, dueOn, expected) => {
    expect(escalations(occasion(dueOn, tier))).toEqual(expected);
  });

  it('is told to nobody before its day', () => {
    expect(days(plan(occasion('2026-04-28'), '2026-05-06'), 'ESCALATION')).toEqual([]);
    expect(days(plan(occasion('2026-04-28'), '2026-05-07'), 'ESCALATION')).toEqual(['2026-05-07']);
  });
});

describe('what is sent after an outage', () => {
  const due = occasion('2026-06-01', 'HIGH', [14, 7, 1, 0]);
  const sent = (through: CivilDate | null, today: CivilDate): string[] =>
    dueReminders(due, through, today, isHoliday).map((r) => `${r.audience} ${r.stage} ${r.on}`);

  it.each<[string, CivilDate | null, CivilDate, string[]]>([
    ['nothing yet before the first lead', null, '2026-05-17', []],
    ['the first lead on its day', null, '2026-05-18', ['OWNER LEAD 2026-05-18']],
    ['the first lead a day late', null, '2026-05-19', ['OWNER LEAD 2026-05-18']],
    ['nothing twice', '2026-05-18', '2026-05-18', []],
    ['nothing between leads', '2026-05-18', '2026-05-24', []],
    ['only the latest of the leads missed', '2026-05-17', '2026-05-31', ['OWNER LEAD 2026-05-31']],
    ['the due day instead of the leads missed', null, '2026-06-01', ['OWNER DUE 2026-06-01']],
    [
      'the latest for each audience',
      '2026-05-31',
      '2026-06-05',
      ['OWNER OVERDUE 2026-06-04', 'MANAGER ESCALATION 2026-06-04'],
    ],
    [
      'one to the office of the CISO though two were missed',
      null,
      '2026-06-20',
      ['OWNER OVERDUE 2026-06-15', 'MANAGER ESCALATION 2026-06-04', 'CISO_OFFICE ESCALATION 2026-06-19'],
    ],
    ['only what is new on the next day', '2026-06-04', '2026-06-08', ['OWNER OVERDUE 2026-06-08']],
  ])('%s', (_, through, today, expected) => {
    expect(sent(through, today).sort()).toEqual([...expected].sort());
  });
});

describe('the day of the next notice', () => {
  const due = occasion('2026-06-01', 'HIGH', [14, 7, 1, 0]);

  it.each<[CivilDate, CivilDate]>([
    ['2020-01-01', '2026-05-18'],
    ['2026-05-17', '2026-05-18'],
    ['2026-05-18', '2026-05-25'],
    ['2026-05-25', '2026-05-31'],
    ['2026-05-31', '2026-06-01'],
    ['2026-06-01', '2026-06-02'],
    ['2026-06-02', '2026-06-04'],
    ['2026-06-04', '2026-06-08'],
    ['2026-06-08', '2026-06-10'],
    ['2026-06-10', '2026-06-15'],
    ['2026-06-15', '2026-06-19'],
    ['2026-06-19', '2026-06-22'],
    ['2026-06-22', '2026-06-29'],
    ['2029-06-01', '2029-06-04'],
  ])('after %s is %s', (after, next) => {
    expect(nextReminderOn(due, after, isHoliday)).toBe(next);
  });

  it.each(TIERS)('of an occasion of %s without any lead is the due day’s morrow', (tier) => {
    expect(nextReminderOn(occasion('2026-06-01', tier, []), '2026-01-01', isHoliday)).toBe('2026-06-02');
  });
});
