import { openSteps, type RunStepFacts, stepsInScope, stillWaitsFor } from './drill-steps';

const RUN: RunStepFacts[] = [
  { key: 'call', status: 'FINISHED', waitsFor: [] },
  { key: 'network', status: 'SKIPPED', waitsFor: [] },
  { key: 'restore', status: 'STARTED', waitsFor: ['call', 'network'] },
  { key: 'check', status: 'PENDING', waitsFor: ['restore', 'call', 'left-out-of-the-drill'] },
];

describe('a step of a run', () => {
  it('waits for those before it that have not ended, and for nothing that is not drilled', () => {
    expect(stillWaitsFor(RUN[3] as RunStepFacts, RUN)).toEqual(['restore']);
  });

  it('has its turn once those before it are done or left out', () => {
    expect(stillWaitsFor(RUN[2] as RunStepFacts, RUN)).toEqual([]);
  });

  it('is open until it is done or left out', () => {
    expect(openSteps(RUN)).toEqual(['restore', 'check']);
  });
});

const step = (key: string, ...dependsOn: string[]) => ({ key, plannedMinutes: 10, dependsOn });
const STEPS = [step('restore', 'network'), step('network'), step('check', 'restore')];

describe('the steps of a drill', () => {
  it('are all of them, in an order in which they can be done', () => {
    expect(stepsInScope(STEPS, null).map(({ key }) => key)).toEqual(['network', 'restore', 'check']);
  });

  it('wait only for steps that are drilled too', () => {
    expect(stepsInScope(STEPS, ['check', 'restore'])).toEqual([step('restore'), step('check', 'restore')]);
  });
});
