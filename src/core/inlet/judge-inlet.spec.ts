import { type InletFacts, judgeInlet } from './judge-inlet';

const at = (time: string): Date => new Date(`2026-11-24T${time}Z`);
const SLOT = at('02:00:00');
const healthy: InletFacts = {
  ...{
    slotAt: SLOT,
    graceMinutes: 60,
    heard: true,
    lastOutcome: 'PASSED',
    lastRunAt: new Date('2026-11-23T02:00:00Z'),
  },
  ...{ runningStartedAt: null, refused: 0, lastRefusedAt: null, lost: null, unusual: null },
};
const EMPTY = { code: 'INLET_STORE_EMPTY', params: {} } as const;
const SHRUNK = { code: 'SIZE_SHRUNK', params: {} } as const;

describe('an inlet whose next run is to begin at 02:00 with an hour of grace', () => {
  it.each<[string, string, Partial<InletFacts>, string, string, string | null]>([
    ['before', '01:59:59', {}, 'ON_TIME', 'INLET_ON_TIME', '02:00:00.001'],
    ['at the very instant', '02:00:00', {}, 'ON_TIME', 'INLET_ON_TIME', '02:00:00.001'],
    ['a moment later', '02:00:00.001', {}, 'LATE', 'INLET_LATE', '03:00:00.001'],
    ['at the end of the grace', '03:00:00', {}, 'LATE', 'INLET_LATE', '03:00:00.001'],
    ['after it', '03:00:00.001', {}, 'MISSED', 'INLET_MISSED', null],
    [
      'before, never heard of',
      '01:00:00',
      { heard: false, lastOutcome: null, lastRunAt: null },
      'WAITING',
      'INLET_WAITING',
      '02:00:00.001',
    ],
    [
      'after, never heard of',
      '04:00:00',
      { heard: false, lastOutcome: null, lastRunAt: null },
      'MISSED',
      'INLET_NEVER_HEARD',
      null,
    ],
    [
      'before, heard of without a run',
      '01:00:00',
      { lastOutcome: null, lastRunAt: null },
      'WAITING',
      'INLET_NO_RUN',
      '02:00:00.001',
    ],
    [
      'late, heard of without a run',
      '02:30:00',
      { lastOutcome: null, lastRunAt: null },
      'LATE',
      'INLET_LATE',
      '03:00:00.001',
    ],
    ['while it runs', '02:30:00', { runningStartedAt: at('02:01:00') }, 'RUNNING', 'INLET_RUNNING', '03:00:00.001'],
    [
      'begun in time, still within its grace',
      '03:00:30',
      { runningStartedAt: at('02:01:00') },
      'MISSED',
      'INLET_MISSED',
      '03:01:00.001',
    ],
    ['begun and never ended', '03:01:00.001', { runningStartedAt: at('02:01:00') }, 'STUCK', 'INLET_STUCK', null],
    ['after a failure', '01:00:00', { lastOutcome: 'FAILED' }, 'FAILING', 'INLET_RUN_FAILED', '02:00:00.001'],
    [
      'after a run with warnings',
      '01:00:00',
      { lastOutcome: 'PARTIAL' },
      'FAILING',
      'INLET_RUN_PARTIAL',
      '02:00:00.001',
    ],
    [
      'after messages that could not be read',
      '01:00:00',
      { refused: 2, lastRefusedAt: at('00:30:00') },
      'FAILING',
      'INLET_REFUSED',
      '02:00:00.001',
    ],
    ['after an empty list', '01:00:00', { lost: EMPTY }, 'FAILING', 'INLET_STORE_EMPTY', '02:00:00.001'],
    ['after a backup that shrank', '01:00:00', { unusual: SHRUNK }, 'UNUSUAL', 'SIZE_SHRUNK', '02:00:00.001'],
    ['after it, late', '02:30:00', { unusual: SHRUNK }, 'UNUSUAL', 'SIZE_SHRUNK', '03:00:00.001'],
    ['after it, silent', '03:00:00.001', { unusual: SHRUNK }, 'MISSED', 'INLET_MISSED', null],
    [
      'after it, failed',
      '01:00:00',
      { unusual: SHRUNK, lastOutcome: 'FAILED' },
      'FAILING',
      'INLET_RUN_FAILED',
      '02:00:00.001',
    ],
  ])('%s', (_, time, facts, state, code, attention) => {
    const judgement = judgeInlet({ ...healthy, ...facts }, at(time));
    expect([judgement.state, judgement.reason.code]).toEqual([state, code]);
    expect(judgement.attentionAt).toEqual(attention === null ? null : at(attention));
    expect(judgement.nextDueAt).toEqual(SLOT);
  });
});
