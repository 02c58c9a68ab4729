import { dutyOf, judge, justBefore, proofOf, tokyo } from '../../../test/support/rules/duties';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { Judgement, ObligationState } from './obligation';

const reviewedOn = (key: string, changedOn: string | null, asOf: Date): Judgement => {
  const duty = dutyOf(key, 'MODERATE', { changedOn });
  return judge(duty, [proofOf(duty, tokyo('2026-05-01 15:00'))], asOf);
};

describe('a review of 1 May, yearly, of a system that changes afterwards', () => {
  it.each<[string | null, string, ObligationState, string, string]>([
    // changed, judged at, state, reason, due
    [null, '2026-09-01', 'MET', 'PROVEN_UNTIL', '2027-05-01'],
    ['2026-04-30', '2026-09-01', 'MET', 'PROVEN_UNTIL', '2027-05-01'],
    ['2026-05-01', '2026-09-01', 'MET', 'PROVEN_UNTIL', '2027-05-01'],
    ['2026-09-01', '2026-09-01', 'DUE_SOON', 'CHANGED_SINCE_REVIEW', '2026-10-01'],
    ['2026-09-01', '2026-10-01 23:59:59.999', 'DUE_SOON', 'CHANGED_SINCE_REVIEW', '2026-10-01'],
    ['2026-09-01', '2026-10-02', 'OVERDUE', 'CHANGED_SINCE_REVIEW_OVERDUE', '2026-10-01'],
    ['2027-04-01', '2027-04-15', 'DUE_SOON', 'PROOF_EXPIRES_SOON', '2027-05-01'],
    ['2027-04-20', '2027-05-02', 'OVERDUE', 'PROOF_EXPIRED', '2027-05-01'],
  ])('changed on %s: at %s it is %s (%s), due %s', (changedOn, asOf, state, code, dueOn) => {
    expect(reviewedOn('procedure-review', changedOn, tokyo(asOf))).toMatchObject({
      state,
      dueOn,
      reason: { code, params: { dueOn, performedOn: '2026-05-01' } },
    });
  });

  it('is due soon since the day of the change, not since a window that was not there yet', () => {
    const judgement = reviewedOn('procedure-review', '2026-09-01', tokyo('2026-09-10'));
    expect(judgement.since).toEqual(tokyo('2026-09-01'));
    expect(judgement.attentionAt).toEqual(tokyo('2026-10-02'));
  });

  it('is met again by a review after the change', () => {
    const duty = dutyOf('procedure-review', 'MODERATE', { changedOn: '2026-09-01' });
    const again = proofOf(duty, tokyo('2026-09-15'));
    expect(judge(duty, [proofOf(duty, tokyo('2026-05-01')), again], tokyo('2026-09-16'))).toMatchObject({
      state: 'MET',
      dueOn: '2027-09-15',
    });
  });

  it('stays reopened after a review that failed', () => {
    const duty = dutyOf('procedure-review', 'MODERATE', { changedOn: '2026-09-01' });
    const failed = proofOf(duty, tokyo('2026-09-15'), { outcome: 'FAILED' });
    expect(judge(duty, [proofOf(duty, tokyo('2026-05-01')), failed], tokyo('2026-09-16'))).toMatchObject({
      state: 'FAILED',
      dueOn: '2026-10-01',
    });
  });

  it('never reviewed, is due at the end of the first grace whatever changes', () => {
    const duty = dutyOf('procedure-review', 'MODERATE', { changedOn: '2026-04-20' });
    expect(judge(duty, [], justBefore(tokyo('2026-05-01')))).toMatchObject({ state: 'UNKNOWN', dueOn: '2026-04-30' });
  });

  const OWED = DEFAULT_POLICY.rules.filter(({ kind, tiers }) => kind !== 'TARGET' && tiers.MODERATE);
  const judged = (key: string, changedOn: string | null): Judgement => {
    const duty = dutyOf(key, 'MODERATE', { changedOn, rpoMinutes: 1440 });
    const proof = proofOf(duty, tokyo('2026-05-01 15:00'), { id: 'proof' });
    return judge(duty, [proof], tokyo('2026-05-20'));
  };

  it.each(OWED.filter(({ kind }) => kind === 'REVIEW').map(({ key }) => key))('by a change reopens %s', (key) => {
    expect(judged(key, '2026-05-10')).toMatchObject({ dueOn: '2026-06-09', reason: { code: 'CHANGED_SINCE_REVIEW' } });
  });

  it.each(OWED.filter(({ kind }) => kind !== 'REVIEW').map(({ key }) => key))('by a change leaves %s alone', (key) => {
    const { reason, ...standing } = judged(key, '2026-05-10');
    const unchanged = judged(key, null);
    expect(standing).toEqual({ ...unchanged, reason: undefined });
    // A drill from before it stays a proof, and says so.
    expect(reason.code).toBe(key.startsWith('drill-') ? 'DRILL_BEFORE_CHANGE' : unchanged.reason.code);
  });
});

describe('a drill that followed a version of the procedure', () => {
  const duty = dutyOf('drill-functional', 'MODERATE', {
    approvedVersions: [
      { procedureId: 'p', version: 1, approvedAt: tokyo('2026-04-01'), contactsChanged: false },
      { procedureId: 'p', version: 3, approvedAt: tokyo('2026-06-01 09:00'), contactsChanged: true },
      { procedureId: 'q', version: 1, approvedAt: tokyo('2026-05-01'), contactsChanged: false },
    ],
  });
  const drilledAt = (at: string, asOf = '2026-07-01'): Judgement =>
    judge(duty, [proofOf(duty, tokyo(at))], tokyo(asOf));

  it.each([
    ['2026-06-01 08:59', 'DRILL_OF_OLDER_VERSION', { drilledVersion: 1, version: 3 }],
    ['2026-06-01 09:00', 'PROVEN_UNTIL', {}],
    // Nothing was in force that it could have followed.
    ['2026-03-31', 'PROVEN_UNTIL', {}],
  ])('at %s: %s', (at, code, params) => {
    expect(drilledAt(at)).toMatchObject({ state: 'MET', reason: { code, params } });
  });

  it('has the confirmation of contacts reopened by other contacts only', () => {
    const contacts = { ...dutyOf('contacts-confirmed', 'MODERATE'), approvedVersions: duty.approvedVersions };
    const confirmed = proofOf(contacts, tokyo('2026-05-15'));
    expect(judge(contacts, [confirmed], tokyo('2026-06-02'))).toMatchObject({ state: 'DUE_SOON', dueOn: '2026-07-01' });
    const unchanged = { ...contacts, approvedVersions: duty.approvedVersions.filter((each) => !each.contactsChanged) };
    expect(judge(unchanged, [confirmed], tokyo('2026-06-02'))).toMatchObject({ state: 'MET', dueOn: '2026-11-15' });
  });
});
