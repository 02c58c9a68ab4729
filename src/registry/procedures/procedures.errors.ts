import { checkSteps, type StepFacts, type StepProblem } from '../../core/procedure/step-order';
import { FieldProblem, Problem } from '../../platform/http/problem';

/** @throws Problem 422 naming every step that uses a key again, waits for an unknown step, or for itself by way of others. */
export function requireOrderedSteps(steps: readonly StepFacts[]): void {
  const problems = checkSteps(steps);
  if (problems.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors: problems.map(errorOf) });
}

function errorOf(problem: StepProblem): FieldProblem {
  const { code, index } = problem;
  if (problem.code === 'STEP_CYCLE')
    return { field: `steps[${index}].dependsOn`, code, params: { path: problem.path.join(' → ') } };
  const field = problem.code === 'STEP_KEY_TWICE' ? 'key' : 'dependsOn';
  return { field: `steps[${index}].${field}`, code, params: { key: problem.key } };
}
