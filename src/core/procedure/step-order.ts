/** A step of a recovery procedure as far as its order is concerned. */
export interface StepFacts {
  key: string;
  /** Null counts as no time. */
  plannedMinutes: number | null;
  /** Keys of the steps that have to be finished before. */
  dependsOn: readonly string[];
}

/** What is wrong with a list of steps; `index` is the position in the list as given. */
export type StepProblem =
  | { code: 'STEP_KEY_TWICE'; index: number; key: string }
  | { code: 'STEP_UNKNOWN'; index: number; key: string }
  /** Each step of `path` waits for the next; the last is the first again. */
  | { code: 'STEP_CYCLE'; index: number; path: string[] };

/** Steps in an order in which they can be done, and how long that takes when whatever can go side by side does. */
export interface StepPlan {
  order: string[];
  /** The longest chain of steps that wait for each other, first step first. */
  criticalPath: string[];
  criticalPathMinutes: number;
}

/** Everything that keeps `steps` from being ordered: keys used twice, dependencies on unknown keys, circles. */
export function checkSteps(steps: readonly StepFacts[]): StepProblem[] {
  const first = new Map<string, number>();
  for (const [index, { key }] of steps.entries()) if (!first.has(key)) first.set(key, index);
  const twice = steps.flatMap(({ key }, index): StepProblem[] =>
    first.get(key) === index ? [] : [{ code: 'STEP_KEY_TWICE', index, key }],
  );
  const unknown = steps.flatMap(({ dependsOn }, index): StepProblem[] =>
    dependsOn.filter((key) => !first.has(key)).map((key) => ({ code: 'STEP_UNKNOWN', index, key })),
  );
  if (twice.length + unknown.length > 0) return [...twice, ...unknown];
  const path = findCycle(steps);
  return path ? [{ code: 'STEP_CYCLE', index: first.get(path[0] as string) as number, path }] : [];
}

/**
 * Orders steps so that each comes after those it depends on, otherwise as they were written, and measures the critical path.
 * Steps have to be free of problems (`checkSteps`).
 */
export function planSteps(steps: readonly StepFacts[]): StepPlan {
  const finished = new Map<string, { minutes: number; path: string[] }>();
  const order: string[] = [];
  const waiting = [...steps];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ dependsOn }) => dependsOn.every((key) => finished.has(key)));
    const [step] = waiting.splice(next, 1) as [StepFacts];
    const before = longest(step.dependsOn.map((key) => finished.get(key) as { minutes: number; path: string[] }));
    finished.set(step.key, {
      minutes: before.minutes + (step.plannedMinutes ?? 0),
      path: [...before.path, step.key],
    });
    order.push(step.key);
  }
  const last = longest([...finished.values()]);
  return { order, criticalPath: last.path, criticalPathMinutes: last.minutes };
}

function longest(chains: readonly { minutes: number; path: string[] }[]): { minutes: number; path: string[] } {
  return chains.reduce((best, chain) => (chain.minutes > best.minutes || best.path.length === 0 ? chain : best), {
    minutes: 0,
    path: [],
  });
}

/** A circle among the dependencies as the keys along it, or null. */
function findCycle(steps: readonly StepFacts[]): string[] | null {
  const dependencies = new Map(steps.map(({ key, dependsOn }) => [key, dependsOn]));
  const safe = new Set<string>();
  for (const { key } of steps) {
    const trail: string[] = [key];
    const branches: string[][] = [[...(dependencies.get(key) ?? [])]];
    while (branches.length > 0) {
      const next = branches.at(-1)?.pop();
      if (next === undefined) {
        branches.pop();
        safe.add(trail.pop() as string);
      } else if (trail.includes(next)) return [...trail.slice(trail.indexOf(next)), next];
      else if (!safe.has(next)) {
        trail.push(next);
        branches.push([...(dependencies.get(next) ?? [])]);
      }
    }
  }
  return null;
}
