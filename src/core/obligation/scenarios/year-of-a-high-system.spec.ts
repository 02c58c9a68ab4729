import {
  change,
  declareBackups,
  failure,
  nothing,
  proof,
  tell,
  together,
  world,
} from '../../../../test/support/rules/story';

const APPROVED = together(proof('procedure-approved'), proof('procedure-review'), proof('contacts-confirmed'));
const BACKED_UP = together(
  proof('backup-requirement-declared', {
    copyFacts: { copies: 3, offsite: 1, offlineOrImmutable: 1, encrypted: 3 },
  }),
  proof('recovery-point-fresh'),
  proof('backup-verification'),
);
const NIGHT = together(proof('recovery-point-fresh'), proof('backup-verification'));

describe('the first year of a HIGH system', () => {
  tell(world(), [
    [
      '2026-04-01 09:00',
      'registered',
      nothing,
      { 'restore-test': 'UNKNOWN', 'backup-verification': 'UNKNOWN' },
      'UNKNOWN',
    ],
    ['2026-04-08 23:59:59.999', 'a week passes', nothing, { 'backup-verification': 'UNKNOWN' }, 'UNKNOWN'],
    ['2026-04-09', 'the grace of a weekly duty is a week', nothing, { 'backup-verification': 'OVERDUE' }, 'NOT_READY'],
    [
      '2026-04-10 10:00',
      'a backup requirement is declared',
      declareBackups('2026-04-10'),
      { 'backup-verification': 'UNKNOWN', 'backup-copies': 'UNKNOWN', 'restore-test': 'UNKNOWN' },
      'UNKNOWN',
    ],
    [
      '2026-04-12 10:00',
      'and approved, and backups run',
      BACKED_UP,
      { 'backup-copies': 'MET', 'recovery-point-fresh': 'MET' },
      'UNKNOWN',
    ],
    ['2026-04-13 10:00', 'a day later the point is as old as it may be', nothing, { 'recovery-point-fresh': 'MET' }],
    ['2026-04-13 10:00:00.001', 'and too old', nothing, { 'recovery-point-fresh': 'OVERDUE' }, 'NOT_READY'],
    [
      '2026-04-13 12:00',
      'a listing of the old backup does not help',
      proof('recovery-point-fresh', { recoveryPointAt: new Date('2026-04-12T01:00:00Z') }),
      { 'recovery-point-fresh': 'OVERDUE' },
    ],
    [
      '2026-04-20 10:00',
      'the procedure is approved',
      together(NIGHT, APPROVED),
      { 'procedure-approved': 'MET', 'procedure-review': 'MET' },
      'UNKNOWN',
    ],
    [
      '2026-04-24 10:00',
      'a restore is only started',
      together(NIGHT, proof('restore-test', { outcome: 'PARTIAL' })),
      { 'restore-test': 'UNKNOWN' },
    ],
    [
      '2026-04-25 10:00',
      'a dry run is too weak',
      together(NIGHT, proof('restore-test', { strength: 'DATA_CHECKED' })),
      { 'restore-test': 'UNKNOWN' },
    ],
    [
      '2026-04-26 10:00',
      'a restore fails',
      together(NIGHT, failure('restore-test')),
      { 'restore-test': 'FAILED' },
      'NOT_READY',
    ],
    [
      '2026-04-28 10:00',
      'a restore passes',
      together(NIGHT, proof('restore-test')),
      { 'restore-test': 'MET' },
      'UNKNOWN',
    ],
    [
      '2026-04-30 10:00',
      'a full-scale drill counts for the smaller ones',
      together(NIGHT, proof('drill-full-scale'), proof('administrator-mfa')),
      {
        'drill-full-scale': 'MET',
        'drill-functional': 'MET',
        'drill-tabletop': 'MET',
        'drill-notification': 'UNKNOWN',
      },
      'READY',
    ],
    [
      '2026-05-02',
      'the non-gating rest runs out of grace',
      NIGHT,
      { 'drill-notification': 'OVERDUE', 'importance-review': 'OVERDUE' },
      'AT_RISK',
    ],
    [
      '2026-05-02 10:00',
      'and is done',
      together(
        NIGHT,
        proof('drill-notification'),
        proof('importance-review'),
        proof('redundancy-and-anti-ddos'),
        proof('real-time-log-analysis'),
        proof('important-software-settings'),
        proof('vulnerability-assessment'),
      ),
      { 'drill-notification': 'MET', 'importance-review': 'MET' },
      'READY',
    ],
    [
      '2026-07-14',
      'two weeks before the restore test is due',
      NIGHT,
      { 'restore-test': 'DUE_SOON', 'contacts-confirmed': 'DUE_SOON' },
      'AT_RISK',
    ],
    [
      '2026-07-15',
      'it is done early',
      together(NIGHT, proof('restore-test'), proof('contacts-confirmed')),
      { 'restore-test': 'MET' },
      'READY',
    ],
    [
      '2026-08-21',
      'sixty days before the review is due',
      NIGHT,
      { 'procedure-review': 'DUE_SOON', 'backup-requirement-review': 'DUE_SOON' },
      'AT_RISK',
    ],
    [
      '2026-08-22',
      'both reviewed',
      together(NIGHT, proof('procedure-review'), proof('backup-requirement-review')),
      { 'procedure-review': 'MET' },
    ],
    [
      '2026-09-01',
      'the owner changes',
      together(NIGHT, change({ changedOn: '2026-09-01' })),
      { 'procedure-review': 'DUE_SOON', 'contacts-confirmed': 'MET', 'procedure-approved': 'MET' },
    ],
    ['2026-09-17', 'two weeks before the contacts are due again', NIGHT, { 'contacts-confirmed': 'DUE_SOON' }],
    ['2026-10-02', 'nobody reviews it within thirty days', NIGHT, { 'procedure-review': 'OVERDUE' }, 'NOT_READY'],
    [
      '2026-10-31',
      'the half-yearly drill is missed',
      NIGHT,
      { 'drill-functional': 'OVERDUE', 'drill-full-scale': 'MET' },
      'NOT_READY',
    ],
    ['2027-01-30', 'ninety days before the full-scale drill is due', NIGHT, { 'drill-full-scale': 'DUE_SOON' }],
    ['2027-04-30 23:59:59.999', 'the last moment of its year', NIGHT, { 'drill-full-scale': 'DUE_SOON' }],
    [
      '2027-05-01',
      'and after it',
      NIGHT,
      { 'drill-full-scale': 'OVERDUE', 'drill-tabletop': 'OVERDUE', 'procedure-approved': 'MET' },
      'NOT_READY',
    ],
  ]);
});
