import { dutyOf, justBefore, proofOf, tokyo } from '../../../test/support/rules/duties';
import { DEFAULT_POLICY } from '../policy/default-policy';
import { TIERS } from '../importance/tier';
import { EvidenceFacts, OUTCOMES } from './evidence';
import { STRENGTHS } from './evidence-strength';
import { Refusal, judgeEvidence } from './judge-evidence';

const PERFORMED_AT = tokyo('2026-05-01 10:00');

function verdictOn(key: string, facts: Partial<EvidenceFacts>, asOf = PERFORMED_AT): Refusal | null {
  const duty = dutyOf(key);
  return judgeEvidence(duty.rule, duty.backupRequirementId, proofOf(duty, PERFORMED_AT, facts), asOf);
}

const OWED = DEFAULT_POLICY.rules.filter(({ kind }) => kind !== 'TARGET').map(({ key }) => key);

describe('what counts for a rule', () => {
  it.each(OWED)('%s accepts proof of its own kind at its minimum strength', (key) => {
    const tier = TIERS.find((candidate) => DEFAULT_POLICY.rules.some((r) => r.key === key && r.tiers[candidate]));
    const duty = dutyOf(key, tier);
    expect(judgeEvidence(duty.rule, duty.backupRequirementId, proofOf(duty, PERFORMED_AT), PERFORMED_AT)).toBeNull();
  });

  it.each<[string, string, Partial<EvidenceFacts>]>([
    ['restore-test', 'a verification', { kind: 'VERIFICATION', strength: 'VALIDATED' }],
    ['backup-verification', 'a taken backup', { kind: 'BACKUP', strength: 'VALIDATED' }],
    ['recovery-point-fresh', 'a verification of an older backup', { kind: 'VERIFICATION' }],
    ['procedure-review', 'a review of the contacts', { subject: 'CONTACTS' }],
    ['procedure-review', 'a review of nothing', { subject: null }],
    ['contacts-confirmed', 'an approval of the contacts', { kind: 'APPROVAL' }],
    ['procedure-approved', 'a review', { kind: 'REVIEW' }],
    ['administrator-mfa', 'the statement about another rule', { ruleKey: 'real-time-log-analysis' }],
    ['administrator-mfa', 'a statement about no rule', { ruleKey: null }],
    ['drill-functional', 'a tabletop', { creditedDrillType: 'TABLETOP' }],
    ['drill-full-scale', 'a functional drill', { creditedDrillType: 'FUNCTIONAL' }],
    ['drill-notification', 'a full-scale drill', { creditedDrillType: 'FULL_SCALE' }],
    ['drill-tabletop', 'a notification drill', { creditedDrillType: 'NOTIFICATION' }],
  ])('%s is another matter than %s', (key, _, facts) => {
    expect(verdictOn(key, facts)).toBe('OTHER_MATTER');
  });

  it.each([
    ['procedure-review', { kind: 'APPROVAL' }],
    ['backup-requirement-review', { kind: 'APPROVAL' }],
    ['drill-tabletop', { creditedDrillType: 'FUNCTIONAL' }],
    ['drill-tabletop', { creditedDrillType: 'FULL_SCALE' }],
    ['drill-functional', { creditedDrillType: 'FULL_SCALE' }],
  ] as const)('%s is also met by %j', (key, facts) => {
    expect(verdictOn(key, facts)).toBeNull();
  });

  it('counts an incomplete drill for no drill rule', () => {
    expect(verdictOn('drill-tabletop', { creditedDrillType: null })).toBe('DRILL_INCOMPLETE');
  });

  it('counts the drill of a shared system where the rule says so', () => {
    expect(verdictOn('drill-tabletop', { shared: true })).toBe('SHARED_DRILL');
    const duty = dutyOf('drill-tabletop');
    const willing = { ...duty.rule, metBy: { kinds: ['DRILL' as const], ...duty.rule.metBy, sharedDrills: true } };
    expect(judgeEvidence(willing, null, proofOf(duty, PERFORMED_AT, { shared: true }), PERFORMED_AT)).toBeNull();
  });

  it('never counts a target rule as met', () => {
    expect(verdictOn('rto-maximum', { kind: 'ATTESTATION', ruleKey: 'rto-maximum' })).toBe('OTHER_MATTER');
  });
});

describe('the backup requirement that evidence is about', () => {
  const duty = dutyOf('backup-verification');

  it.each([
    ['its own', 'requirement', 'requirement', null],
    ['another', 'requirement', 'other', 'OTHER_BACKUP_REQUIREMENT'],
    ['none', 'requirement', null, 'OTHER_BACKUP_REQUIREMENT'],
    ['one, while none is declared', null, 'requirement', 'OTHER_BACKUP_REQUIREMENT'],
    ['none, while none is declared', null, null, 'OTHER_BACKUP_REQUIREMENT'],
  ])('evidence of %s', (_, requirement, backupRequirementId, refusal) => {
    const record = proofOf(duty, PERFORMED_AT, { backupRequirementId });
    expect(judgeEvidence(duty.rule, requirement, record, PERFORMED_AT)).toBe(refusal);
  });

  it('does not matter to a rule on the system', () => {
    expect(verdictOn('restore-test', { backupRequirementId: 'requirement' })).toBeNull();
  });
});

describe('the strength of evidence', () => {
  it.each(STRENGTHS.map((strength, rank) => [strength, rank >= STRENGTHS.indexOf('RESTORED') ? null : 'TOO_WEAK']))(
    'a passed restore test of %s: %s',
    (strength, refusal) => {
      expect(verdictOn('restore-test', { strength: strength as EvidenceFacts['strength'] })).toBe(refusal);
    },
  );

  it('does not matter for a failure', () => {
    expect(verdictOn('restore-test', { strength: 'DECLARED', outcome: 'FAILED' })).toBeNull();
  });

  it('does not matter for a rule without a minimum', () => {
    expect(verdictOn('administrator-mfa', { strength: 'DECLARED' })).toBeNull();
  });
});

describe('evidence dated after the instant of judgement', () => {
  it.each(OUTCOMES)('%s counts from the very instant it was performed at', (outcome) => {
    expect(verdictOn('restore-test', { outcome })).toBeNull();
    expect(verdictOn('restore-test', { outcome }, justBefore(PERFORMED_AT))).toBe('IN_FUTURE');
  });

  it('does not count while its data would be of the future', () => {
    const facts = { recoveryPointAt: tokyo('2026-05-01 11:00') };
    expect(verdictOn('recovery-point-fresh', facts, tokyo('2026-05-01 10:59:59.999'))).toBe('IN_FUTURE');
    expect(verdictOn('recovery-point-fresh', facts, tokyo('2026-05-01 11:00'))).toBeNull();
  });
});
