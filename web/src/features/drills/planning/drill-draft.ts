import type { Drill, DrillType, PlanDrillRequest, Recurrence, TimeBasis } from '../../../api/types';
import { instantOf, wallClockOf } from '../../../ui/format/format';

/** A plan as its form holds it: the time on the office's wall clock, minutes as they are typed. */
export interface DrillDraft {
  title: string;
  type: DrillType | '';
  scheduledAt: string;
  plannedMinutes: string;
  recurrence: Recurrence;
  timeBasis: TimeBasis;
  procedureVersionId: string;
  /** The steps that are left out; what is new in the procedure is drilled. */
  leftOut: string[];
  checkExpected: string;
  participants: { userId: string; name: string; part: string }[];
}

export const NEW_DRILL: DrillDraft = {
  ...{ title: '', type: '', scheduledAt: '', plannedMinutes: '120', recurrence: 'ONCE', timeBasis: 'ELAPSED' },
  ...{ procedureVersionId: '', leftOut: [], checkExpected: '', participants: [] },
};

/** The draft that a drill gives; `keys` are the steps of its version. */
export function draftOf(drill: Drill, keys: readonly string[]): DrillDraft {
  const { stepKeys } = drill;
  return {
    ...{ title: drill.title, type: drill.type ?? '', scheduledAt: wallClockOf(drill.scheduledAt) },
    ...{ plannedMinutes: String(drill.plannedMinutes), recurrence: drill.recurrence, timeBasis: drill.timeBasis },
    procedureVersionId: drill.procedure?.versionId ?? '',
    leftOut: stepKeys === null ? [] : keys.filter((key) => !stepKeys.includes(key)),
    checkExpected: drill.checkExpected ?? '',
    participants: drill.participants.map(({ person, part }) => ({
      ...{ userId: person.id, name: person.displayName, part: part ?? '' },
    })),
  };
}

/** What is sent; `keys` are the steps of the version that is chosen. */
export function bodyOf(draft: DrillDraft, keys: readonly string[]): PlanDrillRequest {
  const { title, recurrence, timeBasis, leftOut } = draft;
  return {
    ...{ title, recurrence, timeBasis, type: draft.type as DrillType },
    scheduledAt: instantOf(draft.scheduledAt),
    plannedMinutes: Number(draft.plannedMinutes),
    procedureVersionId: draft.procedureVersionId || null,
    stepKeys: draft.procedureVersionId && leftOut.length > 0 ? keys.filter((key) => !leftOut.includes(key)) : null,
    checkExpected: draft.checkExpected || null,
    participants: draft.participants.map(({ userId, part }) => ({ userId, part: part || null })),
  };
}
