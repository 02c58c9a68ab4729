import { DrillType, Outcome } from './evidence';

/** A check that stale data would fail. */
export interface DrillCheck {
  expected: string;
  observed: string;
  /** Whether it held, as who completed the drill says; absent where nobody was asked. */
  held?: boolean | null;
}

/** What is known of a drill when its evidence is recorded. */
export interface DrillFacts {
  type: DrillType;
  startedAt: Date | null;
  finishedAt: Date | null;
  attestedById: string | null;
  /** With what was seen. */
  check: DrillCheck | null;
}

const NEEDS_CHECK: readonly DrillType[] = ['FUNCTIONAL', 'FULL_SCALE'];

/**
 * What a drill counts as (domain.md section 4): nothing (null) without start, end and the attestation of a named person;
 * a tabletop when a functional or full-scale drill names no falsifiable check; otherwise its own type.
 */
export function creditDrill(drill: DrillFacts): DrillType | null {
  if (!drill.startedAt || !drill.finishedAt || !drill.attestedById) return null;
  const checked = Boolean(drill.check?.expected.trim() && drill.check.observed.trim());
  return NEEDS_CHECK.includes(drill.type) && !checked ? 'TABLETOP' : drill.type;
}

/** A check that did not hold makes a drill a failure, whatever was claimed (domain.md section 4), as it does a restore test. */
export function outcomeAgainstCheck(claimed: Outcome, checkHeld: boolean | null): Outcome {
  return checkHeld === false ? 'FAILED' : claimed;
}

/** A drill or restore test that took longer than the recovery time objective is a failure, whatever was claimed (domain.md section 4). */
export function outcomeAgainstRto(
  claimed: Outcome,
  measuredMinutes: number | null,
  rtoMinutes: number | null,
): Outcome {
  return measuredMinutes !== null && rtoMinutes !== null && measuredMinutes > rtoMinutes ? 'FAILED' : claimed;
}
