import * as fc from 'fast-check';
import { StepFacts, checkSteps, planSteps } from './step-order';

const step = (key: string, plannedMinutes: number | null, ...dependsOn: string[]): StepFacts => ({
  key,
  plannedMinutes,
  dependsOn,
});

describe('the check of steps', () => {
  it('finds nothing wrong with steps that wait for earlier and later ones', () => {
    expect(checkSteps([step('restore', 30, 'network'), step('network', 10), step('open', 5, 'restore')])).toEqual([]);
    expect(checkSteps([])).toEqual([]);
  });

  it('names every key that is used again', () => {
    expect(checkSteps([step('a', 1), step('b', 1), step('a', 1)])).toEqual([
      { code: 'STEP_KEY_TWICE', index: 2, key: 'a' },
    ]);
  });

  it('names every dependency on a step that is not there', () => {
    expect(checkSteps([step('a', 1, 'x', 'y')])).toEqual([
      { code: 'STEP_UNKNOWN', index: 0, key: 'x' },
      { code: 'STEP_UNKNOWN', index: 0, key: 'y' },
    ]);
  });

  it('names the circle, leaving out the steps that only lead to it', () => {
    expect(checkSteps([step('lead', 1, 'a'), step('a', 1, 'b'), step('b', 1, 'c'), step('c', 1, 'a')])).toEqual([
      { code: 'STEP_CYCLE', index: 1, path: ['a', 'b', 'c', 'a'] },
    ]);
  });

  it('counts a step that waits for itself as a circle', () => {
    expect(checkSteps([step('a', 1, 'a')])).toEqual([{ code: 'STEP_CYCLE', index: 0, path: ['a', 'a'] }]);
  });

  it('does not take two ways to one step for a circle', () => {
    expect(checkSteps([step('d', 1, 'b', 'c'), step('b', 1, 'a'), step('c', 1, 'a'), step('a', 1)])).toEqual([]);
  });
});

describe('the plan of steps', () => {
  it('keeps the written order where nothing waits', () => {
    expect(planSteps([step('b', 1), step('a', 2), step('c', 3)]).order).toEqual(['b', 'a', 'c']);
  });

  it('puts a step behind what it waits for', () => {
    expect(planSteps([step('open', 5, 'restore'), step('restore', 30, 'network'), step('network', 10)])).toEqual({
      order: ['network', 'restore', 'open'],
      criticalPath: ['network', 'restore', 'open'],
      criticalPathMinutes: 45,
    });
  });

  it('takes the longest chain, not the sum, and a step without planned time as none', () => {
    const steps = [step('power', 20), step('disk', 50), step('boot', null, 'power', 'disk'), step('check', 15, 'boot')];
    expect(planSteps(steps)).toMatchObject({ criticalPath: ['disk', 'boot', 'check'], criticalPathMinutes: 65 });
  });

  it('of no steps is empty', () => {
    expect(planSteps([])).toEqual({ order: [], criticalPath: [], criticalPathMinutes: 0 });
  });

  it('never does a step before what it waits for, nor takes less than any step or more than all of them', () => {
    const graphs = fc.array(fc.tuple(fc.nat(90), fc.array(fc.nat(30), { maxLength: 3 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(graphs, fc.integer(), (rows, seed) => {
        // Dependencies lead to lower numbers only, so there is no circle; then the list is turned to hide that.
        const made = rows.map(([minutes, deps], i) =>
          step(`s${i}`, minutes, ...new Set(deps.filter((d) => d < i).map((d) => `s${d}`))),
        );
        const turn = Math.abs(seed) % made.length;
        const steps = [...made.slice(turn), ...made.slice(0, turn)];
        expect(checkSteps(steps)).toEqual([]);
        const { order, criticalPathMinutes } = planSteps(steps);
        expect([...order].sort()).toEqual(steps.map(({ key }) => key).sort());
        for (const { key, dependsOn } of steps)
          for (const before of dependsOn) expect(order.indexOf(before)).toBeLessThan(order.indexOf(key));
        const minutes = steps.map(({ plannedMinutes }) => plannedMinutes ?? 0);
        expect(criticalPathMinutes).toBeGreaterThanOrEqual(Math.max(...minutes));
        expect(criticalPathMinutes).toBeLessThanOrEqual(minutes.reduce((a, b) => a + b, 0));
      }),
    );
  });
});
