import {
  change,
  declareBackups,
  nothing,
  proof,
  publish,
  rule,
  tell,
  together,
  world,
} from '../../../../test/support/rules/story';
import { packRule } from '../../../../test/support/rules/duties';
import { DEFAULT_POLICY } from '../../policy/default-policy';
import type { Raise } from '../eased-terms';
import type { PolicyRules, TierTerms } from '../../policy/rule';

const RAISED = change({ tier: 'HIGH', tierSinceOn: '2026-10-01', raises: [{ from: 'MODERATE', on: '2026-10-01' }] });

describe('a MODERATE system raised to HIGH', () => {
  tell(world({ tier: 'MODERATE' }), [
    [
      '2026-04-05',
      'proven',
      together(proof('restore-test'), proof('drill-functional')),
      { 'restore-test': 'MET', 'drill-functional': 'MET' },
    ],
    ['2026-09-01', 'the restore test is due within sixty days', nothing, { 'restore-test': 'DUE_SOON' }],
    ['2026-09-30', 'tested again', proof('restore-test'), { 'restore-test': 'MET' }],
    [
      '2026-10-01',
      'raised: new duties get the grace of a HIGH system',
      RAISED,
      { 'drill-full-scale': 'UNKNOWN', 'real-time-log-analysis': 'UNKNOWN' },
    ],
    [
      '2026-10-01 10:00',
      'the cadence is the one of HIGH from that day',
      nothing,
      { 'restore-test': 'MET', 'drill-functional': 'DUE_SOON' },
    ],
    [
      '2026-10-06',
      'what was proven half a year ago would be too old, but for the grace',
      nothing,
      { 'drill-functional': 'DUE_SOON' },
      'UNKNOWN',
    ],
    [
      '2026-10-31 23:59:59.999',
      'the last moment of the grace',
      nothing,
      { 'drill-full-scale': 'UNKNOWN', 'drill-functional': 'DUE_SOON' },
    ],
    [
      '2026-11-01',
      'and after it',
      nothing,
      { 'drill-full-scale': 'OVERDUE', 'real-time-log-analysis': 'OVERDUE', 'drill-functional': 'OVERDUE' },
      'NOT_READY',
    ],
    ['2026-12-31', 'three months after the last restore test', nothing, { 'restore-test': 'OVERDUE' }],
  ]);
});

describe('a LOW system with two copies and an old restore test, raised to MODERATE and to HIGH within the grace', () => {
  const TWO = { copies: 2, offsite: 1, offlineOrImmutable: 0, encrypted: 2 };
  const raise = (tier: 'MODERATE' | 'HIGH', on: string, raises: Raise[]): ReturnType<typeof change> =>
    change({ tier, tierSinceOn: on, raises });
  const FIRST: Raise = { from: 'LOW', on: '2026-10-01' };

  tell(world({ tier: 'LOW' }), [
    ['2026-04-01', 'tested', proof('restore-test'), { 'restore-test': 'MET' }],
    ['2026-04-02', 'declared', declareBackups('2026-04-02'), { 'backup-copies': 'UNKNOWN' }],
    ['2026-04-03', 'approved', proof('backup-copies', { copyFacts: TWO }), { 'backup-copies': 'MET' }],
    ['2026-09-30', 'a day before', nothing, { 'restore-test': 'MET', 'backup-offline-copy': undefined }],
    [
      '2026-10-01',
      'raised: nothing that was enough is red',
      raise('MODERATE', '2026-10-01', [FIRST]),
      { 'restore-test': 'DUE_SOON', 'backup-copies': 'DUE_SOON', 'backup-offline-copy': 'DUE_SOON' },
    ],
    [
      '2026-11-20',
      'raised again: the first grace goes on',
      raise('HIGH', '2026-11-20', [FIRST, { from: 'MODERATE', on: '2026-11-20' }]),
      { 'restore-test': 'DUE_SOON', 'backup-copies': 'DUE_SOON' },
    ],
    [
      '2026-11-30 23:59:59.999',
      'the last moment of the first',
      nothing,
      { 'restore-test': 'DUE_SOON', 'backup-copies': 'DUE_SOON' },
    ],
    ['2026-12-01', 'and after it', nothing, { 'restore-test': 'OVERDUE', 'backup-copies': 'FAILED' }, 'NOT_READY'],
  ]);
});

describe('a MODERATE system whose backup verification is waived, raised to HIGH', () => {
  tell(world({ tier: 'MODERATE' }), [
    ['2026-04-02', 'declared', declareBackups('2026-04-02'), { 'backup-verification': 'UNKNOWN' }],
    [
      '2026-04-03',
      'waived',
      rule({ state: 'WAIVED', ruleKey: 'backup-verification', expiresOn: '2027-03-31' }),
      { 'backup-verification': 'WAIVED' },
    ],
    ['2026-10-01', 'raised: backups of a HIGH system cannot be waived', RAISED, { 'backup-verification': 'UNKNOWN' }],
    ['2026-10-09', 'and owe their proof after a week', nothing, { 'backup-verification': 'OVERDUE' }, 'NOT_READY'],
  ]);
});

describe('a LOW system under a new and stricter policy', () => {
  const inLow = (key: string, terms: TierTerms): PolicyRules['rules'][number] => {
    const of = packRule(key);
    return { ...of, tiers: { ...of.tiers, LOW: terms } };
  };
  const changed = [
    inLow('restore-test', { gating: true, cadence: 'P3M' }),
    inLow('drill-functional', { gating: true, cadence: 'P12M' }),
    inLow('backup-offline-copy', { gating: true, copies: { offlineOrImmutable: 1 } }),
  ];
  const STRICTER: PolicyRules = {
    ...DEFAULT_POLICY,
    rules: DEFAULT_POLICY.rules.map((of) => changed.find(({ key }) => key === of.key) ?? of),
  };

  tell(world({ tier: 'LOW' }), [
    ['2026-05-01', 'tested', proof('restore-test'), { 'restore-test': 'MET', 'procedure-approved': 'UNKNOWN' }],
    ['2026-07-01', 'the procedure is overdue', nothing, { 'procedure-approved': 'OVERDUE' }, 'NOT_READY'],
    [
      '2026-09-30',
      'what it does not owe',
      nothing,
      { 'drill-functional': undefined, 'backup-offline-copy': undefined },
    ],
    [
      '2026-10-01',
      'published: what was overdue stays so, what is shorter has its grace, what is new or was advice begins',
      publish('2026-10-01', STRICTER),
      {
        'procedure-approved': 'OVERDUE',
        'restore-test': 'DUE_SOON',
        'drill-functional': 'UNKNOWN',
        'backup-offline-copy': 'UNKNOWN',
      },
    ],
    [
      '2026-12-30 23:59:59.999',
      'the last moment of its grace',
      nothing,
      { 'drill-functional': 'UNKNOWN', 'restore-test': 'DUE_SOON' },
    ],
    [
      '2026-12-31',
      'and after it',
      nothing,
      { 'drill-functional': 'OVERDUE', 'backup-offline-copy': 'OVERDUE', 'restore-test': 'OVERDUE' },
    ],
    [
      '2027-01-10',
      'published again, which excuses nothing',
      publish('2027-01-10', STRICTER),
      { 'drill-functional': 'OVERDUE', 'restore-test': 'OVERDUE' },
    ],
  ]);
});

describe('a system that is planned, operates, and is retired', () => {
  tell(world({ lifecycle: 'PLANNED', tier: 'LOW' }), [
    ['2026-04-01', 'planned', nothing, {}, 'UNKNOWN'],
    [
      '2026-06-01',
      'goes into operation',
      change({ lifecycle: 'OPERATING', operatingSinceOn: '2026-06-01' }),
      { 'procedure-approved': 'UNKNOWN' },
      'UNKNOWN',
    ],
    ['2026-08-30 23:59:59.999', 'ninety days later', nothing, { 'procedure-approved': 'UNKNOWN' }],
    ['2026-08-31', 'and one more', nothing, { 'procedure-approved': 'OVERDUE' }, 'NOT_READY'],
    ['2026-09-01', 'retired', change({ lifecycle: 'RETIRED' }), {}, 'UNKNOWN'],
  ]);
});
