import { planSteps, StepFacts } from '../procedure/step-order';

/** PENDING waits; SKIPPED was left out for a reason. */
export const STEP_STATUSES = ['PENDING', 'STARTED', 'FINISHED', 'SKIPPED'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** A step of a run as far as its turn is concerned. */
export interface RunStepFacts {
  key: string;
  status: StepStatus;
  /** Keys of the steps that have to be ended before. */
  waitsFor: readonly string[];
}

const ENDED: readonly StepStatus[] = ['FINISHED', 'SKIPPED'];

/** The keys of the steps that `step` still waits for. What is not part of the drill is not waited for. */
export function stillWaitsFor(step: RunStepFacts, steps: readonly RunStepFacts[]): string[] {
  const open = new Set(steps.filter(({ status }) => !ENDED.includes(status)).map(({ key }) => key));
  return step.waitsFor.filter((key) => open.has(key));
}

/** The keys of the steps that have neither been done nor left out. */
export function openSteps(steps: readonly RunStepFacts[]): string[] {
  return steps.filter(({ status }) => !ENDED.includes(status)).map(({ key }) => key);
}

/** The steps of a procedure that a drill runs through: those in scope, or all, in an order in which they can be done. */
export function stepsInScope<S extends StepFacts>(steps: readonly S[], scope: readonly string[] | null): S[] {
  const chosen = scope === null ? steps : steps.filter(({ key }) => scope.includes(key));
  const keys = new Set(chosen.map(({ key }) => key));
  const within = chosen.map((step) => ({ ...step, dependsOn: step.dependsOn.filter((key) => keys.has(key)) }));
  const byKey = new Map(within.map((step) => [step.key, step]));
  return planSteps(within).order.map((key) => byKey.get(key) as S);
}
