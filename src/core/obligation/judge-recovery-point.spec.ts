import { dutyOf, judge, proofOf, tokyo } from '../../../test/support/rules/duties';
import { EvidenceFacts } from '../evidence/evidence';
import { Judgement } from './obligation';

const RPO = 60;
const duty = dutyOf('recovery-point-fresh', 'HIGH', { rpoMinutes: RPO });
const POINT_AT = tokyo('2026-05-01 02:00');
const DONE_AT = tokyo('2026-05-01 02:20');

const backup = (performedAt = DONE_AT, facts: Partial<EvidenceFacts> = {}): EvidenceFacts =>
  proofOf(duty, performedAt, { recoveryPointAt: POINT_AT, ...facts });

const stateAt = (evidence: readonly EvidenceFacts[], time: string): Judgement => judge(duty, evidence, tokyo(time));

describe('a recovery point with an objective of one hour', () => {
  const point = backup();

  it.each([
    ['02:20', 'MET', 'RECOVERY_POINT_FINE', '03:00:00.001'],
    ['02:59:59.999', 'MET', 'RECOVERY_POINT_FINE', '03:00:00.001'],
    ['03:00', 'MET', 'RECOVERY_POINT_FINE', '03:00:00.001'],
    ['03:00:00.001', 'OVERDUE', 'RECOVERY_POINT_LATE', '04:00:00.001'],
    ['04:00', 'OVERDUE', 'RECOVERY_POINT_LATE', '04:00:00.001'],
    ['04:00:00.001', 'OVERDUE', 'RECOVERY_POINT_CRITICAL', null],
    ['23:59', 'OVERDUE', 'RECOVERY_POINT_CRITICAL', null],
  ])('at %s is %s (%s) and changes next at %s', (time, state, code, next) => {
    expect(stateAt([point], `2026-05-01 ${time}`)).toEqual({
      state,
      reason: { code, params: { pointAt: POINT_AT.toISOString(), rpoMinutes: RPO } },
      dueOn: '2026-05-01',
      dueAt: tokyo('2026-05-01 03:00:00.001'),
      since: state === 'MET' ? DONE_AT : tokyo('2026-05-01 03:00:00.001'),
      evidenceId: point.id,
      attentionAt: next === null ? null : tokyo(`2026-05-01 ${next}`),
    });
  });

  it('is due on the civil day, in the zone, on which it grows too old', () => {
    const late = backup(tokyo('2026-05-01 23:40'), { recoveryPointAt: tokyo('2026-05-01 23:30') });
    expect(stateAt([late], '2026-05-01 23:45').dueOn).toBe('2026-05-02');
  });
});

describe('which point counts', () => {
  const older = backup();
  const newer = proofOf(duty, tokyo('2026-05-01 03:10'), { recoveryPointAt: tokyo('2026-05-01 03:00') });

  it.each<[string, EvidenceFacts, string]>([
    ['the newer of two', newer, 'MET'],
    ['not a failed one', { ...newer, outcome: 'FAILED' }, 'OVERDUE'],
    ['not a partial one', { ...newer, outcome: 'PARTIAL' }, 'OVERDUE'],
    ['not one too weak to be listed', { ...newer, strength: 'DECLARED' }, 'OVERDUE'],
    ['not one without a data time', { ...newer, recoveryPointAt: null }, 'OVERDUE'],
    ['not one of another requirement', { ...newer, backupRequirementId: 'other' }, 'OVERDUE'],
    ['not one that a verification was made of', { ...newer, kind: 'VERIFICATION', strength: 'VALIDATED' }, 'OVERDUE'],
    ['not one of tomorrow', { ...newer, performedAt: tokyo('2026-05-02') }, 'OVERDUE'],
    ['not one of data of tomorrow', { ...newer, recoveryPointAt: tokyo('2026-05-02') }, 'OVERDUE'],
  ])('is %s', (_, record, state) => {
    expect(stateAt([older, record], '2026-05-01 03:30').state).toBe(state);
    expect(stateAt([record, older], '2026-05-01 03:30').state).toBe(state);
  });

  it('is the one with the newest data, not the one reported last', () => {
    const reportedLate = backup(tokyo('2026-05-01 03:20'), { recoveryPointAt: tokyo('2026-05-01 01:00') });
    expect(stateAt([newer, reportedLate], '2026-05-01 03:30').evidenceId).toBe(newer.id);
  });

  it('does not become newer by being listed again', () => {
    const listedAgain = backup(tokyo('2026-05-01 03:20'));
    const judgement = stateAt([listedAgain, older], '2026-05-01 03:30');
    expect(judgement).toMatchObject({ state: 'OVERDUE', evidenceId: older.id });
  });

  it('is told by the record that came first of two recorded at one instant', () => {
    const twin = backup();
    expect(stateAt([twin, older], '2026-05-01 02:30').evidenceId).toBe(older.id);
    expect(stateAt([older, twin], '2026-05-01 02:30').evidenceId).toBe(older.id);
  });
});

describe('without any usable point', () => {
  const failed = (time: string): EvidenceFacts => backup(tokyo(time), { outcome: 'FAILED', recoveryPointAt: null });

  it.each([
    ['2026-04-30 23:59:59.999', 'UNKNOWN', 'NEVER_PROVEN'],
    ['2026-05-01', 'OVERDUE', 'NEVER_PROVEN_OVERDUE'],
  ])('at %s it is %s', (time, state, code) => {
    expect(stateAt([], time)).toMatchObject({ state, reason: { code }, evidenceId: null });
  });

  it('is FAILED, since the first failure, when every run has failed', () => {
    const [first, second] = [failed('2026-04-10 02:00'), failed('2026-04-11 02:00')];
    expect(stateAt([second, first], '2026-04-12')).toEqual({
      state: 'FAILED',
      reason: { code: 'LAST_PROOF_FAILED', params: { performedOn: '2026-04-11' } },
      dueOn: '2026-04-30',
      dueAt: tokyo('2026-05-01'),
      since: first.performedAt,
      evidenceId: second.id,
      attentionAt: null,
    });
  });

  it('is not FAILED once a run has passed, even one that names no point', () => {
    const passed = backup(tokyo('2026-04-11 02:00'), { recoveryPointAt: null });
    expect(stateAt([failed('2026-04-10 02:00'), passed], '2026-04-12').state).toBe('UNKNOWN');
  });

  it('is unknown when nobody has named an objective', () => {
    const unsaid = { ...duty, rpoMinutes: null };
    expect(judge(unsaid, [backup()], tokyo('2026-04-30')).state).toBe('UNKNOWN');
    expect(judge(unsaid, [backup()], tokyo('2026-05-02')).state).toBe('OVERDUE');
  });
});
