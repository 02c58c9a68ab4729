import { dutyOf, judge, proofOf, tokyo } from '../../../test/support/rules/duties';
import { CopyFacts } from '../evidence/evidence';
import { Tier } from '../importance/tier';

const APPROVED_AT = tokyo('2026-05-01 10:00');
const AS_OF = tokyo('2026-05-02');
const named = (copies: number, offsite: number, offlineOrImmutable: number, encrypted: number): CopyFacts => ({
  copies,
  offsite,
  offlineOrImmutable,
  encrypted,
});

describe('the copies an approved backup requirement names', () => {
  it.each<[string, Tier, CopyFacts, string, object]>([
    ['backup-copies', 'HIGH', named(3, 1, 0, 0), 'MET', { copies: 3 }],
    ['backup-copies', 'HIGH', named(2, 1, 0, 0), 'FAILED', { aspect: 'copies', needed: 3, actual: 2 }],
    ['backup-copies', 'HIGH', named(3, 0, 0, 0), 'FAILED', { aspect: 'offsite', needed: 1, actual: 0 }],
    ['backup-copies', 'HIGH', named(0, 0, 0, 0), 'FAILED', { aspect: 'copies', needed: 3, actual: 0 }],
    ['backup-copies', 'MODERATE', named(3, 1, 0, 0), 'MET', { copies: 3 }],
    ['backup-copies', 'MODERATE', named(2, 1, 1, 2), 'FAILED', { aspect: 'copies', needed: 3, actual: 2 }],
    ['backup-copies', 'LOW', named(2, 1, 0, 0), 'MET', { copies: 2 }],
    ['backup-copies', 'LOW', named(1, 1, 0, 0), 'FAILED', { aspect: 'copies', needed: 2, actual: 1 }],
    ['backup-copies', 'LOW', named(9, 9, 0, 0), 'MET', { copies: 9 }],
    ['backup-offline-copy', 'HIGH', named(3, 3, 1, 0), 'MET', { copies: 3 }],
    [
      'backup-offline-copy',
      'MODERATE',
      named(3, 3, 0, 3),
      'FAILED',
      { aspect: 'offlineOrImmutable', needed: 1, actual: 0 },
    ],
    ['backup-encrypted', 'HIGH', named(3, 0, 0, 3), 'MET', { copies: 3 }],
    ['backup-encrypted', 'HIGH', named(3, 0, 0, 2), 'FAILED', { aspect: 'encrypted', needed: 3, actual: 2 }],
    ['backup-encrypted', 'LOW', named(1, 0, 0, 0), 'FAILED', { aspect: 'encrypted', needed: 1, actual: 0 }],
    ['backup-encrypted', 'LOW', named(0, 0, 0, 0), 'MET', { copies: 0 }],
  ])('%s of a %s system with %j: %s', (key, tier, copyFacts, state, params) => {
    const duty = dutyOf(key, tier);
    const approval = proofOf(duty, APPROVED_AT, { copyFacts });
    expect(judge(duty, [approval], AS_OF)).toEqual({
      state,
      reason: { code: state === 'MET' ? 'COPIES_SUFFICIENT' : 'COPIES_SHORT', params },
      dueOn: null,
      dueAt: null,
      since: APPROVED_AT,
      evidenceId: approval.id,
      attentionAt: null,
    });
  });

  const duty = dutyOf('backup-copies');
  const enough = proofOf(duty, APPROVED_AT);
  const fewer = { copyFacts: named(1, 1, 1, 1) };

  it.each([
    ['a newer approval of fewer', proofOf(duty, tokyo('2026-06-01'), fewer), 'FAILED'],
    ['an older approval of fewer', proofOf(duty, tokyo('2026-04-01'), fewer), 'MET'],
    ['a newer approval that was refused', proofOf(duty, tokyo('2026-06-01'), { ...fewer, outcome: 'FAILED' }), 'MET'],
    [
      'a newer approval for another requirement',
      proofOf(duty, tokyo('2026-06-01'), { ...fewer, backupRequirementId: 'b' }),
      'MET',
    ],
    ['a newer review', proofOf(duty, tokyo('2026-06-01'), { ...fewer, kind: 'REVIEW' }), 'MET'],
    ['a newer approval that names none', proofOf(duty, tokyo('2026-06-01'), { copyFacts: null }), 'OVERDUE'],
    ['an approval of tomorrow', proofOf(duty, tokyo('2026-07-02'), fewer), 'MET'],
  ])('are judged, with %s, as %s', (_, record, state) => {
    const asOf = tokyo('2026-07-01');
    expect(judge(duty, [enough, record], asOf).state).toBe(state);
    expect(judge(duty, [record, enough], asOf).state).toBe(state);
  });

  it('never expire', () => {
    expect(judge(duty, [enough], tokyo('2036-05-01')).state).toBe('MET');
  });

  it('are unknown inside the first grace and overdue after it while nothing is approved', () => {
    expect(judge(duty, [], tokyo('2026-04-30 23:59:59.999')).state).toBe('UNKNOWN');
    expect(judge(duty, [], tokyo('2026-05-01')).state).toBe('OVERDUE');
  });
});
