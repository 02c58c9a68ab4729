import { NEW_YORK, TOKYO, dutyOf, judge, justBefore, proofOf, tokyo } from '../../../test/support/rules/duties';
import { CivilDate, addDays } from '../time/civil-date';
import { atTimeOfDay, startOfDay } from '../time/zone';
import { Duty } from './derive-obligations';
import { ObligationState } from './obligation';

/** States around the two instants at which a proven duty changes by time alone. */
function edges(duty: Duty, performedOn: CivilDate, soonOn: CivilDate, dueOn: CivilDate, timeZone: string) {
  const record = proofOf(duty, atTimeOfDay(performedOn, '12:00', timeZone));
  const [soonAt, dueAt] = [startOfDay(soonOn, timeZone), startOfDay(addDays(dueOn, 1), timeZone)];
  const at = (asOf: Date) => judge(duty, [record], asOf, { timeZone });
  return { record, soonAt, dueAt, at };
}

describe.each([TOKYO, NEW_YORK])('a proven duty in %s', (timeZone) => {
  it.each<[string, string, CivilDate, CivilDate, CivilDate]>([
    // rule, what is special, performed, lead window opens, due
    ['restore-test', '31 Jan + three months is clamped', '2026-01-31', '2026-04-16', '2026-04-30'],
    ['restore-test', 'due on the day clocks go forward', '2025-12-08', '2026-02-22', '2026-03-08'],
    ['restore-test', 'due on the day clocks go back', '2026-08-01', '2026-10-18', '2026-11-01'],
    ['restore-test', 'the window opens on the day clocks go forward', '2025-12-22', '2026-03-08', '2026-03-22'],
    ['restore-test', 'performed on the day clocks go back', '2026-11-01', '2027-01-18', '2027-02-01'],
    ['backup-verification', 'the window is the due day itself', '2026-05-01', '2026-05-08', '2026-05-08'],
    ['backup-verification', 'a week with one hour less', '2026-03-05', '2026-03-12', '2026-03-12'],
    ['drill-full-scale', 'ninety days of lead', '2026-05-10', '2027-02-09', '2027-05-10'],
    ['drill-full-scale', 'performed on a leap day', '2028-02-29', '2028-11-30', '2029-02-28'],
    ['drill-full-scale', 'over a leap day', '2027-03-01', '2027-12-02', '2028-03-01'],
    ['procedure-review', 'sixty days of lead', '2026-08-31', '2026-12-30', '2027-02-28'],
  ])('%s: %s', (key, _, performedOn, soonOn, dueOn) => {
    const duty = dutyOf(key);
    const { record, soonAt, dueAt, at } = edges(duty, performedOn, soonOn, dueOn, timeZone);
    const common = { dueOn, dueAt, evidenceId: record.id };
    const reason = (code: string) => ({ code, params: { dueOn, performedOn } });

    const met = { ...common, state: 'MET', reason: reason('PROVEN_UNTIL'), since: record.performedAt };
    expect(at(record.performedAt)).toEqual({ ...met, attentionAt: soonAt });
    expect(at(justBefore(soonAt))).toEqual({ ...met, attentionAt: soonAt });

    const soon = { ...common, state: 'DUE_SOON', reason: reason('PROOF_EXPIRES_SOON'), since: soonAt };
    expect(at(soonAt)).toEqual({ ...soon, attentionAt: dueAt });
    expect(at(justBefore(dueAt))).toEqual({ ...soon, attentionAt: dueAt });

    const overdue = { ...common, state: 'OVERDUE', reason: reason('PROOF_EXPIRED'), since: dueAt };
    expect(at(dueAt)).toEqual({ ...overdue, attentionAt: null });
  });

  it('is dated by the civil day of the zone, to the last millisecond of it', () => {
    const duty = dutyOf('drill-full-scale');
    const lastMoment = justBefore(startOfDay('2026-05-11', timeZone));
    expect(judge(duty, [proofOf(duty, lastMoment)], lastMoment, { timeZone }).dueOn).toBe('2027-05-10');
    const nextDay = startOfDay('2026-05-11', timeZone);
    expect(judge(duty, [proofOf(duty, nextDay)], nextDay, { timeZone }).dueOn).toBe('2027-05-11');
  });
});

describe('the length of a due day where clocks change', () => {
  it.each([
    ['2026-03-08', 23],
    ['2026-11-01', 25],
    ['2026-06-01', 24],
  ])('%s lasts %s hours in New York', (dueOn, hours) => {
    const duty = dutyOf('backup-verification');
    const performedAt = atTimeOfDay(addDays(dueOn, -7), '12:00', NEW_YORK);
    const { since, dueAt } = judge(duty, [proofOf(duty, performedAt)], atTimeOfDay(dueOn, '12:00', NEW_YORK), {
      timeZone: NEW_YORK,
    });
    expect((Number(dueAt) - Number(since)) / 3_600_000).toBe(hours);
  });
});

describe('a duty that is owed once', () => {
  it('stays met for ever', () => {
    const duty = dutyOf('procedure-approved');
    const approval = proofOf(duty, tokyo('2026-04-02'));
    expect(judge(duty, [approval], tokyo('2099-01-01'))).toEqual({
      state: 'MET',
      reason: { code: 'PROVEN', params: { performedOn: '2026-04-02' } },
      dueOn: null,
      dueAt: null,
      since: approval.performedAt,
      evidenceId: approval.id,
      attentionAt: null,
    });
  });
});

describe('a duty never proven', () => {
  it.each<[string, Partial<Duty>, string]>([
    ['NEVER_PROVEN', {}, 'restore-test'],
    ['NEVER_PROVEN', {}, 'backup-verification'],
    ['NO_BACKUP_REQUIREMENT', { backupRequirementId: null }, 'backup-verification'],
    ['NO_BACKUP_REQUIREMENT', { backupRequirementId: null }, 'backup-copies'],
    ['NO_BACKUP_REQUIREMENT', { backupRequirementId: null }, 'recovery-point-fresh'],
  ])('is %s until the end of the first due day and overdue after it (%j, %s)', (code, facts, key) => {
    const duty = dutyOf(key, 'HIGH', facts);
    const dueAt = tokyo('2026-05-01');
    const unproven = { dueOn: '2026-04-30', dueAt, evidenceId: null };
    const params = { dueOn: '2026-04-30' };
    expect(judge(duty, [], justBefore(dueAt))).toEqual({
      ...unproven,
      state: 'UNKNOWN',
      reason: { code, params },
      since: tokyo('2026-04-01'),
      attentionAt: dueAt,
    });
    expect(judge(duty, [], dueAt)).toEqual({
      ...unproven,
      state: 'OVERDUE',
      reason: { code: `${code}_OVERDUE`, params },
      since: dueAt,
      attentionAt: null,
    });
  });
});

describe('what one record after another makes of a duty', () => {
  const duty = dutyOf('restore-test');
  const on = (day: string, facts: Parameters<typeof proofOf>[2] = {}) => proofOf(duty, tokyo(`${day} 12:00`), facts);
  const FAILED = { outcome: 'FAILED' } as const;
  const PARTIAL = { outcome: 'PARTIAL' } as const;
  const WEAK = { strength: 'DATA_CHECKED' } as const;

  it.each<[string, ReturnType<typeof on>[], ObligationState, string | null]>([
    ['a pass', [on('2026-05-01')], 'MET', '2026-08-01'],
    ['a failure first: the due day is that of the first grace', [on('2026-05-01', FAILED)], 'FAILED', '2026-04-30'],
    [
      'a failure after a pass does not move the due day',
      [on('2026-05-01'), on('2026-05-20', FAILED)],
      'FAILED',
      '2026-08-01',
    ],
    ['a pass after a failure', [on('2026-05-01', FAILED), on('2026-05-20')], 'MET', '2026-08-20'],
    ['an early pass moves the due day', [on('2026-05-01'), on('2026-05-20')], 'MET', '2026-08-20'],
    ['a partial result is nothing', [on('2026-05-01', PARTIAL)], 'OVERDUE', '2026-04-30'],
    ['a partial result after a pass', [on('2026-05-01'), on('2026-05-20', PARTIAL)], 'MET', '2026-08-01'],
    ['a partial result after a failure', [on('2026-05-01', FAILED), on('2026-05-20', PARTIAL)], 'FAILED', '2026-04-30'],
    ['a weak pass is nothing', [on('2026-05-01', WEAK)], 'OVERDUE', '2026-04-30'],
    ['a weak pass does not hide a failure', [on('2026-05-01', FAILED), on('2026-05-20', WEAK)], 'FAILED', '2026-04-30'],
    ['a weak pass does not hide a pass', [on('2026-05-01'), on('2026-05-20', WEAK)], 'MET', '2026-08-01'],
    [
      'a weak failure is a failure',
      [on('2026-05-01'), on('2026-05-20', { ...WEAK, ...FAILED })],
      'FAILED',
      '2026-08-01',
    ],
    ['a future pass is nothing', [on('2026-06-02')], 'OVERDUE', '2026-04-30'],
    ['a future failure is nothing', [on('2026-05-01'), on('2026-06-02', FAILED)], 'MET', '2026-08-01'],
    ['both at one instant: the failure', [on('2026-05-01'), on('2026-05-01', FAILED)], 'FAILED', '2026-08-01'],
  ])('%s', (_, records, state, dueOn) => {
    const asOf = tokyo('2026-06-01');
    expect(judge(duty, records, asOf)).toMatchObject({ state, dueOn });
    expect(judge(duty, [...records].reverse(), asOf)).toMatchObject({ state, dueOn });
  });

  it('a failure a millisecond before a pass is healed by it, a millisecond after is not', () => {
    const pass = on('2026-05-01');
    const next = (millis: number) => proofOf(duty, new Date(pass.performedAt.getTime() + millis), FAILED);
    expect(judge(duty, [pass, next(-1)], tokyo('2026-05-02')).state).toBe('MET');
    expect(judge(duty, [pass, next(1)], tokyo('2026-05-02')).state).toBe('FAILED');
  });

  it('a failure outranks the expired proof, and the missing one', () => {
    expect(judge(duty, [on('2025-05-01'), on('2025-05-02', FAILED)], tokyo('2026-06-01')).state).toBe('FAILED');
    expect(judge(duty, [on('2026-04-02', FAILED)], tokyo('2026-04-03')).state).toBe('FAILED');
  });

  it('failures one after the other last since the first, and speak of the last', () => {
    const records = [on('2026-05-01', FAILED), on('2026-05-03'), on('2026-05-10', FAILED), on('2026-05-11', FAILED)];
    expect(judge(duty, records, tokyo('2026-06-01'))).toEqual({
      state: 'FAILED',
      reason: { code: 'LAST_PROOF_FAILED', params: { performedOn: '2026-05-11' } },
      dueOn: '2026-08-03',
      dueAt: tokyo('2026-08-04'),
      since: records[2]?.performedAt,
      evidenceId: records[3]?.id,
      attentionAt: null,
    });
  });
});

describe('a duty owed every day', () => {
  it('is due soon from midnight on', () => {
    const duty = dutyOf('backup-verification', 'HIGH', { terms: { cadence: 'P1D' } });
    const proof = proofOf(duty, tokyo('2026-05-01 12:00'));
    expect(judge(duty, [proof], tokyo('2026-05-01 23:59:59.999')).state).toBe('MET');
    expect(judge(duty, [proof], tokyo('2026-05-02'))).toMatchObject({ state: 'DUE_SOON', since: tokyo('2026-05-02') });
    expect(judge(duty, [proof], tokyo('2026-05-03')).state).toBe('OVERDUE');
  });
});

describe('a duty anchored to the fiscal year', () => {
  const rule = { ...dutyOf('drill-tabletop').rule, anchor: 'FISCAL_YEAR' as const };
  const duty = dutyOf('drill-tabletop', 'HIGH', { rule });

  it.each([
    ['2026-04-01 00:00', '2028-03-31'],
    ['2027-03-31 23:59:59.999', '2028-03-31'],
    ['2027-04-01 00:00', '2029-03-31'],
  ])('performed at %s it is due %s', (performedAt, dueOn) => {
    expect(judge(duty, [proofOf(duty, tokyo(performedAt))], tokyo(performedAt)).dueOn).toBe(dueOn);
  });
});
