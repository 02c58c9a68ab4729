/** A step as far as two versions of a procedure are compared. */
export interface ComparedStep {
  key: string;
  title: string;
  role: string | null;
  instructions: string | null;
  location: string | null;
  plannedMinutes: number | null;
  dependsOn: readonly string[];
}

export const STEP_FIELDS = ['title', 'role', 'instructions', 'location', 'plannedMinutes', 'dependsOn'] as const;
export type StepField = (typeof STEP_FIELDS)[number];

/** What became of a step from one version to another. Steps are the same when their keys are. */
export interface StepChange<S> {
  change: 'ADDED' | 'REMOVED' | 'CHANGED';
  /** As it is; as it was when it is gone. */
  step: S;
  /** As it was before it changed. */
  before: S | null;
  /** What differs, when it changed. */
  fields: StepField[];
}

/** Every step that differs between two versions: in the order of the later one, those that are gone last. A mere change of order is none. */
export function stepChanges<S extends ComparedStep>(before: readonly S[], after: readonly S[]): StepChange<S>[] {
  const earlier = new Map(before.map((step) => [step.key, step]));
  const kept = new Set(after.map(({ key }) => key));
  return [
    ...after.flatMap((step): StepChange<S>[] => {
      const was = earlier.get(step.key);
      if (!was) return [{ change: 'ADDED', step, before: null, fields: [] }];
      const fields = STEP_FIELDS.filter((field) => !isSame(was[field], step[field]));
      return fields.length > 0 ? [{ change: 'CHANGED', step, before: was, fields }] : [];
    }),
    ...before
      .filter(({ key }) => !kept.has(key))
      .map((step): StepChange<S> => ({ change: 'REMOVED', step, before: null, fields: [] })),
  ];
}

/** A contact as far as two versions are compared; the day on which it was confirmed is no change of it. */
export interface ComparedContact {
  name: string;
  role: string | null;
  phone: string | null;
  email: string | null;
}

export interface ContactChange<C> {
  change: 'ADDED' | 'REMOVED';
  contact: C;
}

/** Contacts that only one of the versions has; a changed one is there twice, as it is and as it was. */
export function contactChanges<C extends ComparedContact>(
  before: readonly C[],
  after: readonly C[],
): ContactChange<C>[] {
  const textOf = ({ name, role, phone, email }: C): string => JSON.stringify([name, role, phone, email]);
  const missing = (from: readonly C[], others: readonly C[]): C[] => {
    const known = new Set(others.map(textOf));
    return from.filter((contact) => !known.has(textOf(contact)));
  };
  return [
    ...missing(after, before).map((contact): ContactChange<C> => ({ change: 'ADDED', contact })),
    ...missing(before, after).map((contact): ContactChange<C> => ({ change: 'REMOVED', contact })),
  ];
}

function isSame(a: ComparedStep[StepField], b: ComparedStep[StepField]): boolean {
  return a instanceof Array && b instanceof Array ? [...a].sort().join('\n') === [...b].sort().join('\n') : a === b;
}
