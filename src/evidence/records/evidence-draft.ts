import type { DrillFacts } from '../../core/evidence/drill-credit';
import type { EvidenceKind, Subject } from '../../core/evidence/evidence';
import { FieldProblem } from '../../platform/http/problem';
import { parseInstant } from '../../platform/http/validators';
import type { RecordEvidenceRequest } from './dto/evidence.request';

/** A request with its instants read. A drill that does not say how long the recovery took is taken to have been one from start to end. */
export interface EvidenceDraft {
  performedAt: Date;
  recoveryPointAt: Date | null;
  drill: DrillFacts | null;
  measuredMinutes: number | null;
}

/** Documents with an approval of their own are reviewed where they stand, so that a review always has something to be about. */
const REVIEWED_BY_HAND: readonly Subject[] = ['CONTACTS', 'IMPORTANCE'];
const ABOUT_A_REQUIREMENT: readonly EvidenceKind[] = ['BACKUP', 'VERIFICATION'];
const MINUTE_MS = 60_000;

export function readDraft(request: RecordEvidenceRequest): EvidenceDraft {
  const { drill } = request;
  const times = drill && { startedAt: parseInstant(drill.startedAt), finishedAt: parseInstant(drill.finishedAt) };
  return {
    performedAt: parseInstant(request.performedAt),
    recoveryPointAt: request.recoveryPointAt ? parseInstant(request.recoveryPointAt) : null,
    drill:
      drill && times
        ? { type: drill.type, ...times, attestedById: drill.attestedById, check: drill.check ?? null }
        : null,
    measuredMinutes:
      request.measuredMinutes ??
      (times ? Math.max(0, Math.ceil((times.finishedAt.getTime() - times.startedAt.getTime()) / MINUTE_MS)) : null),
  };
}

/** What is wrong with a proof by itself, field by field (domain.md section 4: nothing of the future, and each kind with what makes it one). */
export function checkDraft(request: RecordEvidenceRequest, draft: EvidenceDraft, now: Date): FieldProblem[] {
  const { kind, subject, ruleKey, backupRequirementId, tool, runId } = request;
  const problems: FieldProblem[] = [];
  const refuse = (condition: boolean, field: string, code: string): void => {
    if (condition) problems.push({ field, code });
  };
  refuse(kind === 'APPROVAL', 'kind', 'KIND_NOT_MANUAL');
  refuse(draft.performedAt > now, 'performedAt', 'IN_THE_FUTURE');
  refuse(kind === 'ATTESTATION' && !ruleKey, 'ruleKey', 'REQUIRED');
  refuse(kind === 'REVIEW' && !subject, 'subject', 'REQUIRED');
  refuse(
    kind === 'REVIEW' && Boolean(subject) && !REVIEWED_BY_HAND.includes(subject as Subject),
    'subject',
    'REVIEWED_ELSEWHERE',
  );
  refuse(ABOUT_A_REQUIREMENT.includes(kind) && !backupRequirementId, 'backupRequirementId', 'REQUIRED');
  refuse(
    draft.recoveryPointAt !== null && draft.recoveryPointAt > draft.performedAt,
    'recoveryPointAt',
    'AFTER_PERFORMED_AT',
  );
  refuse(kind === 'DRILL' && !draft.drill, 'drill', 'REQUIRED');
  refuse(kind !== 'DRILL' && draft.drill !== null, 'drill', 'NOT_FOR_KIND');
  const { startedAt, finishedAt } = draft.drill ?? {};
  refuse(Boolean(startedAt && finishedAt && finishedAt < startedAt), 'drill.finishedAt', 'BEFORE_START');
  refuse(Boolean(finishedAt && finishedAt > now), 'drill.finishedAt', 'IN_THE_FUTURE');
  // Or a drill of last year would count from today.
  refuse(Boolean(finishedAt && draft.performedAt > finishedAt), 'performedAt', 'AFTER_FINISH');
  // The name of a run means something among the runs of one tool only.
  refuse(Boolean(runId) && !tool, 'tool', 'REQUIRED');
  return problems;
}
