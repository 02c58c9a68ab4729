import { mergeRuns, RUNNING_FLAG, type RunTelling } from './merge-runs';

const at = (time: string): Date => new Date(`2026-11-23T${time}:00Z`);
const run = (more: Partial<RunTelling> = {}): RunTelling => ({
  ...{ outcome: 'PASSED', strength: 'COMPLETED', startedAt: at('01:00'), finishedAt: at('01:10') },
  ...{ recoveryPointAt: at('01:00'), sizeBytes: '100', storedBytes: '10', flags: [] },
  ...more,
});
const listing = run({ strength: 'LISTED', startedAt: null, finishedAt: null, sizeBytes: null, storedBytes: null });

describe('two tellings of one run', () => {
  it.each<[string, RunTelling, RunTelling]>([
    ['the same again', run(), run()],
    ['a list of what has been told of whole', run(), listing],
    ['a list of a partial run, which looks whole in it', run({ outcome: 'PARTIAL' }), listing],
    ['a list of a failed run', run({ outcome: 'FAILED', recoveryPointAt: null }), listing],
    ['the beginning of a run that has ended', run(), run({ outcome: 'RUNNING', recoveryPointAt: null })],
  ])('say nothing new: %s', (_, kept, told) => {
    expect(mergeRuns(kept, told)).toBeNull();
  });

  it('end a run with how it ended, and keep when it began', () => {
    const begun = run({ outcome: 'RUNNING', finishedAt: null, recoveryPointAt: null, sizeBytes: null });
    const ended = run({ startedAt: null });
    expect(mergeRuns(begun, ended)).toEqual(run());
    expect(mergeRuns(begun, run({ outcome: 'FAILED' }))).toMatchObject({ outcome: 'FAILED' });
  });

  it('no longer say of a run that has ended that it runs, and keep what else was found of it', () => {
    const begun = run({ outcome: 'RUNNING', recoveryPointAt: null, flags: [RUNNING_FLAG, 'HOSTILE_STRING'] });
    expect(mergeRuns(begun, run())?.flags).toEqual(['HOSTILE_STRING']);
  });

  it('are as strong as the stronger and as complete as both together', () => {
    expect(mergeRuns(listing, run())).toEqual(run());
  });

  it('keep that it failed, and then there is no point of it', () => {
    expect(mergeRuns(run(), run({ outcome: 'FAILED', flags: ['DAMAGE_FOUND'] }))).toMatchObject({
      ...{ outcome: 'FAILED', recoveryPointAt: null, flags: ['DAMAGE_FOUND'] },
    });
  });

  it.each(['PARTIAL', 'FAILED'] as const)('never turn %s into passed: that is a conflict', (outcome) => {
    const kept = run({ outcome, recoveryPointAt: null });
    expect(mergeRuns(kept, run())).toMatchObject({ outcome, flags: ['CONFLICT'] });
  });
});
