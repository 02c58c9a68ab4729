import { changedDependents, type Dependent, topTier } from '../../core/importance/dependents';
import { type Answers, suggestTier } from '../../core/importance/questionnaire';
import { dependentsJson } from './dependents-sql';
import type { OutdatedResponse } from './dto/assessment.response';

/** What tells whether an assessment still fits: absent for all but the newest of a system. */
export interface ComparedAssessment {
  compared: {
    outdatedAt: string | null;
    assessed: Dependent[];
    now: Dependent[];
    availability: number;
    integrity: number;
    /** Those of both lists that the caller may see. */
    seen: { systemId: string; code: string; name: string; nameEn: string | null }[];
  } | null;
}

/** SQL of {@link ComparedAssessment} out of an assessment `a` of the system `s`; `visible` is the caller's scope over systems `n`. */
export const comparedColumns = (visible: string): string =>
  `CASE WHEN a.number = (SELECT max(newest.number) FROM importance_assessment newest WHERE newest.system_id = s.id) THEN (
     SELECT jsonb_build_object('outdatedAt', a.outdated_at, 'assessed', a.dependents, 'now', other.now,
       'availability', s.availability, 'integrity', s.integrity, 'seen', (
         SELECT coalesce(jsonb_agg(jsonb_build_object('systemId', n.id, 'code', n.code, 'name', n.name, 'nameEn', n.name_en)), '[]')
         FROM system n WHERE n.id IN (SELECT (each->>'systemId')::uuid FROM jsonb_array_elements(a.dependents || other.now) each)
           AND ${visible}))
     FROM (SELECT ${dependentsJson('s.id')} AS now) other) END AS compared`;

/** Since when and because of what an assessment no longer fits, and what its answers suggest now; null while it fits. */
export function outdatedBy(
  { answers, madeAt }: { answers: object; madeAt: Date },
  { outdatedAt, assessed, now, availability, integrity, seen }: NonNullable<ComparedAssessment['compared']>,
): OutdatedResponse | null {
  const changed = changedDependents(assessed, now);
  if (changed.length === 0) return null;
  const named = new Map(seen.map((system) => [system.systemId, system]));
  const dependents = changed.flatMap((change) => {
    const system = named.get(change.systemId);
    return system ? [{ ...system, ...change }] : [];
  });
  const facts = { availability, integrity, dependentsTier: topTier(now) };
  return {
    // A change that was under way while somebody assessed was not noted: it is as old as the assessment.
    since: outdatedAt === null ? madeAt : new Date(outdatedAt),
    suggestedTier: suggestTier(answers as Answers, facts).tier,
    dependents,
    hidden: changed.length - dependents.length,
  };
}
