/** How long a stop lasts, in minutes: the columns of an impact analysis (domain.md section 7, BIA). */
export const STOP_MINUTES = [60, 240, 720, 1440, 4320, 10_080, 43_200] as const;
/** What a stop harms: the rows. */
export const IMPACT_AREAS = ['SERVICES', 'PEOPLE', 'LAW', 'MONEY', 'TRUST'] as const;
export type ImpactArea = (typeof IMPACT_AREAS)[number];
/** How badly, mildest first. */
export const IMPACT_LEVELS = ['NONE', 'LIMITED', 'SERIOUS', 'SEVERE'] as const;
export type ImpactLevel = (typeof IMPACT_LEVELS)[number];

/** For each area one level a duration of {@link STOP_MINUTES}, in its order. */
export type Impacts = Record<ImpactArea, readonly ImpactLevel[]>;

/** A cell that says a longer stop is milder than a shorter one. */
export interface EasedImpact {
  area: ImpactArea;
  /** Index into {@link STOP_MINUTES} of the longer stop. */
  column: number;
}

/**
 * The longest stop that can be borne (MTD), in minutes: the first duration at which anything is serious or worse. Null when nothing ever is.
 */
export function longestBearableStop(impacts: Impacts): number | null {
  const column = STOP_MINUTES.findIndex((_, index) =>
    IMPACT_AREAS.some((area) => rank(impacts[area][index]) >= rank('SERIOUS')),
  );
  return STOP_MINUTES[column] ?? null;
}

/** Where the harm of a longer stop would be less than that of a shorter one; empty when the analysis is sound. */
export function easedImpacts(impacts: Impacts): EasedImpact[] {
  return IMPACT_AREAS.flatMap((area) =>
    impacts[area].flatMap((level, column) =>
      column > 0 && rank(level) < rank(impacts[area][column - 1]) ? [{ area, column }] : [],
    ),
  );
}

function rank(level: ImpactLevel | undefined): number {
  return level ? IMPACT_LEVELS.indexOf(level) : 0;
}
