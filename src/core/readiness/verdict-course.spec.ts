import { type DutyStanding, type DutyTurn, lastVerdictChange } from './verdict-course';

const duty = (obligationId: string, state: DutyStanding['state'], gating = true): DutyStanding => ({
  ...{ obligationId, state, gating },
});
const turn = (hour: number, obligationId: string, state: DutyStanding['state'], gating = true): DutyTurn => ({
  ...duty(obligationId, state, gating),
  at: new Date(Date.UTC(2026, 3, 1, hour)),
});
const at = (hour: number): Date => new Date(Date.UTC(2026, 3, 1, hour));

describe('the last change of a verdict', () => {
  it('is none while nothing happens, or nothing that turns the verdict', () => {
    expect(lastVerdictChange([duty('a', 'MET')], [])).toBeNull();
    expect(lastVerdictChange([duty('a', 'OVERDUE'), duty('b', 'MET')], [turn(1, 'b', 'FAILED')])).toBeNull();
  });

  it('is the latest, also when an earlier verdict comes back', () => {
    const turns = [turn(1, 'a', 'DUE_SOON'), turn(2, 'a', 'OVERDUE'), turn(3, 'b', 'FAILED'), turn(4, 'b', 'MET')];
    expect(lastVerdictChange([duty('a', 'MET'), duty('b', 'MET')], turns)).toEqual({
      ...{ at: at(2), from: 'AT_RISK', to: 'NOT_READY' },
    });
    expect(lastVerdictChange([duty('a', 'MET')], [turn(1, 'a', 'FAILED'), turn(2, 'a', 'MET')])).toEqual({
      ...{ at: at(2), from: 'NOT_READY', to: 'READY' },
    });
  });

  it('takes what changes at one instant as one change', () => {
    const turns = [turn(1, 'a', 'MET'), turn(1, 'b', 'OVERDUE')];
    expect(lastVerdictChange([duty('a', 'OVERDUE'), duty('b', 'MET')], turns)).toBeNull();
  });

  it('counts a duty from when it is owed until it is owed no longer', () => {
    expect(lastVerdictChange([duty('a', 'MET')], [turn(1, 'b', 'UNKNOWN')])?.to).toBe('UNKNOWN');
    expect(lastVerdictChange([duty('a', 'MET'), duty('b', 'FAILED')], [turn(1, 'b', null)])?.to).toBe('READY');
  });

  it('is not brought about by a duty that does not gate but for putting at risk', () => {
    expect(lastVerdictChange([duty('a', 'MET')], [turn(1, 'b', 'FAILED', false)])?.to).toBe('AT_RISK');
    expect(lastVerdictChange([duty('a', 'MET')], [turn(1, 'b', 'UNKNOWN', false)])).toBeNull();
  });
});
