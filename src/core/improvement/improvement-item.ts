import { addDays, type CivilDate } from '../time/civil-date';

/** What found that something has to be improved (domain.md section 2). */
export const IMPROVEMENT_SOURCES = ['DRILL', 'AUDIT', 'INCIDENT', 'SELF_CHECK'] as const;
export type ImprovementSource = (typeof IMPROVEMENT_SOURCES)[number];

/** OPEN until somebody reports progress; CANCELLED when another person agreed that it is not to be done. */
export const IMPROVEMENT_STATUSES = ['OPEN', 'IN_PROGRESS', 'CLOSED', 'CANCELLED'] as const;
export type ImprovementStatus = (typeof IMPROVEMENT_STATUSES)[number];

/** What obligations of improvement items are known by, where those of a policy have the key of their rule. */
export const IMPROVEMENT_RULE_KEY = 'improvement-item';

/** Days until an item is due when nobody says otherwise: 30 for a failed drill (domain.md section 4). */
const DEFAULT_DAYS: Record<ImprovementSource, number> = { DRILL: 30, INCIDENT: 30, AUDIT: 90, SELF_CHECK: 90 };

export function defaultDueOn(source: ImprovementSource, openedOn: CivilDate): CivilDate {
  return addDays(openedOn, DEFAULT_DAYS[source]);
}
