import { DRILL_TYPES, type DrillType } from '../evidence/evidence';
import { isRetest, mayClose, type FailedProof, type RetestCandidate } from './closing';

const FAILED: FailedProof = {
  kind: 'DRILL',
  ruleKey: null,
  backupRequirementId: null,
  performedAt: new Date('2026-11-01T00:00:00Z'),
  drillType: 'FUNCTIONAL',
};
const LATER: RetestCandidate = {
  kind: 'DRILL',
  ruleKey: null,
  backupRequirementId: null,
  performedAt: new Date('2026-11-20T00:00:00Z'),
  outcome: 'PASSED',
  creditedDrillType: 'FUNCTIONAL',
};

describe('the retest of what failed', () => {
  it('is a later pass of the same', () => {
    expect(isRetest(FAILED, LATER)).toBe(true);
  });

  it.each<[string, Partial<RetestCandidate>]>([
    ['another failure', { outcome: 'FAILED' }],
    ['a partial pass', { outcome: 'PARTIAL' }],
    ['what passed at the same instant', { performedAt: FAILED.performedAt }],
    ['what passed before', { performedAt: new Date('2026-10-01T00:00:00Z') }],
    ['proof of another kind', { kind: 'RESTORE_TEST' }],
    ['proof of another backup', { backupRequirementId: 'another' }],
    ['the attestation of another rule', { ruleKey: 'another' }],
    ['a drill that counts as nothing', { creditedDrillType: null }],
  ])('is not %s', (_what, difference) => {
    expect(isRetest(FAILED, { ...LATER, ...difference })).toBe(false);
  });

  it.each<[DrillType, readonly DrillType[]]>([
    ['TABLETOP', ['TABLETOP', 'FUNCTIONAL', 'FULL_SCALE']],
    ['FUNCTIONAL', ['FUNCTIONAL', 'FULL_SCALE']],
    ['FULL_SCALE', ['FULL_SCALE']],
    ['NOTIFICATION', ['NOTIFICATION']],
  ])('of a %s drill is one of %p', (drillType, accepted) => {
    const answering = DRILL_TYPES.filter((creditedDrillType) =>
      isRetest({ ...FAILED, drillType }, { ...LATER, creditedDrillType }),
    );
    expect(answering).toEqual(accepted);
  });
});

describe('who may close an item', () => {
  it.each<[string, boolean, string | null, string[]]>([
    ['somebody else than the owner, when nobody reported', true, 'owner', []],
    ['somebody who reported beside the owner', true, 'owner', ['closer']],
    ['somebody who reported beside another', true, null, ['closer', 'other']],
    ['anybody, when it has no owner and nobody reported', true, null, []],
    ['not its owner', false, 'closer', ['other']],
    ['not the only one who reported, when it has no owner', false, null, ['closer', 'closer']],
  ])('%s: %p', (_who, allowed, ownerId, reporters) => {
    expect(mayClose('closer', ownerId, reporters)).toBe(allowed);
  });
});
