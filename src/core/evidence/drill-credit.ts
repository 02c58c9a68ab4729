import { DrillType, Outcome } from './evidence';

/** What is known of a drill when its evidence is recorded. */
export interface DrillFacts {
  type: DrillType;
  startedAt: Date | null;
  finishedAt: Date | null;
  attestedById: string | null;
  /** A check that would fail if the data were stale, with what was seen. */
  check: { expected: string; observed: string } | null;
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

/** A drill or restore test that took longer than the recovery time objective is a failure, whatever was claimed (domain.md section 4). */
export function outcomeAgainstRto(
  claimed: Outcome,
  measuredMinutes: number | null,
  rtoMinutes: number | null,
): Outcome {
  return measuredMinutes !== null && rtoMinutes !== null && measuredMinutes > rtoMinutes ? 'FAILED' : claimed;
}
