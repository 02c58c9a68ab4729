import { failure, nothing, proof, rule, tell, together, world } from '../../../../test/support/rules/story';

describe('a restore test that cannot be done while the data centre moves', () => {
  tell(world(), [
    ['2026-04-10', 'tested', proof('restore-test'), { 'restore-test': 'MET' }],
    ['2026-06-15', 'fails', failure('restore-test'), { 'restore-test': 'FAILED' }, 'NOT_READY'],
    [
      '2026-06-20',
      'is waived until the end of September',
      rule({ state: 'WAIVED', ruleKey: 'restore-test', expiresOn: '2026-09-30' }),
      { 'restore-test': 'WAIVED' },
    ],
    ['2026-07-11', 'its due day passes meanwhile', nothing, { 'restore-test': 'WAIVED' }],
    ['2026-08-01', 'a pass under the waiver leaves it waived', proof('restore-test'), { 'restore-test': 'WAIVED' }],
    ['2026-09-30 23:59:59.999', 'the last moment of the waiver', nothing, { 'restore-test': 'WAIVED' }],
    ['2026-10-01', 'the true state is back', nothing, { 'restore-test': 'MET' }],
    ['2026-11-02', 'and ages as ever', nothing, { 'restore-test': 'OVERDUE' }],
  ]);
});

describe('an obligation that does not apply', () => {
  tell(world({ tier: 'LOW' }), [
    [
      '2026-04-10',
      'excluded for good',
      rule({ state: 'NOT_APPLICABLE', ruleKey: 'administrator-mfa', expiresOn: null }),
      { 'administrator-mfa': 'NOT_APPLICABLE' },
    ],
    [
      '2026-04-11',
      'waived as well',
      rule({ state: 'WAIVED', ruleKey: 'administrator-mfa', expiresOn: '2026-12-31' }),
      { 'administrator-mfa': 'NOT_APPLICABLE' },
    ],
    ['2040-01-01', 'stays excluded', nothing, { 'administrator-mfa': 'NOT_APPLICABLE' }],
  ]);
});

const GATING_OF_LOW = [
  'procedure-approved',
  'procedure-review',
  'backup-requirement-declared',
  'backup-requirement-review',
  'recovery-point-fresh',
  'backup-copies',
  'backup-verification',
];

describe('a LOW system ready but for waivers', () => {
  const waiveAll = together(
    ...GATING_OF_LOW.map((ruleKey) => rule({ state: 'WAIVED', ruleKey, expiresOn: '2026-06-30' })),
  );
  tell(world({ tier: 'LOW' }), [
    ['2026-04-02', 'all but the restore test is waived', waiveAll, { 'restore-test': 'UNKNOWN' }, 'UNKNOWN'],
    ['2026-04-10', 'which is then done', proof('restore-test'), { 'restore-test': 'MET' }, 'READY_WITH_WAIVERS'],
    ['2026-06-30 23:59:59.999', 'the last moment of the waivers', nothing, {}, 'READY_WITH_WAIVERS'],
    ['2026-07-01', 'on expiry every true state is back', nothing, { 'procedure-approved': 'OVERDUE' }, 'NOT_READY'],
  ]);
});
