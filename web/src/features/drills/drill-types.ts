import type { DrillType } from '../../api/types';

/** In the order of the policy. */
export const DRILL_TYPES: readonly DrillType[] = ['TABLETOP', 'FUNCTIONAL', 'FULL_SCALE', 'NOTIFICATION'];

/** Restores from backup media: needs a check, and measures a recovery. A real outage (null) does so too. */
export const restores = (type: DrillType | '' | null): boolean =>
  type === 'FUNCTIONAL' || type === 'FULL_SCALE' || type === null;
