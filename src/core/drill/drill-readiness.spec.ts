import { drillReadiness, type DrillReadinessFacts } from './drill-readiness';

const READY: DrillReadinessFacts = {
  type: 'FUNCTIONAL',
  drilledVersion: { version: 3, approved: true },
  versionInForce: 3,
  contactsConfirmed: true,
  recoveryPoints: [
    { dataset: '台帳', pointAt: new Date('2026-11-22T18:00:00Z') },
    { dataset: '添付', pointAt: new Date('2026-11-22T12:00:00Z') },
  ],
  participants: 2,
  acknowledged: 2,
  checkExpected: '最終受付番号が 4021 である',
};
const told = (facts: Partial<DrillReadinessFacts>): string[] =>
  drillReadiness({ ...READY, ...facts }).map(({ ready, reason }) => `${ready ? '+' : '-'} ${reason.code}`);

describe('what a drill should have before it begins', () => {
  it('is all there', () => {
    expect(told({})).toEqual([
      '+ DRILL_PROCEDURE_APPROVED',
      '+ DRILL_CONTACTS_CONFIRMED',
      '+ DRILL_RECOVERY_POINT_USABLE',
      '+ DRILL_PEOPLE_READY',
      '+ DRILL_CHECK_NAMED',
    ]);
  });

  it.each([
    [{ drilledVersion: null }, '- DRILL_PROCEDURE_NONE'],
    [{ drilledVersion: { version: 3, approved: false }, versionInForce: null }, '- DRILL_PROCEDURE_NOT_APPROVED'],
    [{ drilledVersion: { version: 2, approved: false } }, '- DRILL_PROCEDURE_OLD'],
    [{ drilledVersion: { version: 4, approved: false } }, '- DRILL_PROCEDURE_NOT_APPROVED'],
    [{ contactsConfirmed: false }, '- DRILL_CONTACTS_NOT_CONFIRMED'],
    [{ recoveryPoints: [] }, '- DRILL_RECOVERY_POINT_NONE'],
    [{ recoveryPoints: [{ dataset: '台帳', pointAt: null }] }, '- DRILL_RECOVERY_POINT_NONE'],
    [{ participants: 0, acknowledged: 0 }, '- DRILL_PEOPLE_NONE'],
    [{ acknowledged: 1 }, '- DRILL_PEOPLE_WAITING'],
    [{ checkExpected: '  ' }, '- DRILL_CHECK_MISSING'],
    [{ checkExpected: null }, '- DRILL_CHECK_MISSING'],
  ])('lacks what %j says', (facts, missing) => {
    expect(told(facts).filter((line) => line.startsWith('-'))).toEqual([missing]);
  });

  const pointsOf = (recoveryPoints: DrillReadinessFacts['recoveryPoints']) =>
    drillReadiness({ ...READY, recoveryPoints }).find(({ point }) => point === 'RECOVERY_POINT');

  it('lacks a recovery point where one dataset does, however fresh the others are, and names it', () => {
    const points = [...READY.recoveryPoints, { dataset: '索引', pointAt: null }];
    expect(pointsOf(points)).toMatchObject({
      ...{ ready: false, reason: { code: 'DRILL_RECOVERY_POINT_LACKING', params: { datasets: '索引' } } },
    });
  });

  it('restores nothing newer than the oldest of the points', () => {
    expect(pointsOf(READY.recoveryPoints)?.reason.params).toEqual({ pointAt: '2026-11-22T12:00:00.000Z' });
  });

  it('tells how many have not confirmed', () => {
    const people = drillReadiness({ ...READY, participants: 5, acknowledged: 2 }).find(
      ({ point }) => point === 'PEOPLE',
    );
    expect(people?.reason.params).toEqual({ people: 5, waiting: 3 });
  });

  it.each(['TABLETOP', 'NOTIFICATION'] as const)('asks a %s for nothing to restore and nothing to check', (type) => {
    expect(told({ type, recoveryPoints: [], checkExpected: null }).filter((line) => line.startsWith('-'))).toEqual([]);
  });

  it('does not ask for contacts to be confirmed where no policy does', () => {
    expect(told({ contactsConfirmed: null })).not.toContain('- DRILL_CONTACTS_NOT_CONFIRMED');
  });
});
