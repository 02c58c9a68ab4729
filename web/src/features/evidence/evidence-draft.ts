import type { NewEvidence } from '../../api/proof-types';
import type { DrillType, EvidenceKind, Obligation, Outcome, Strength } from '../../api/types';
import { instantOf } from '../../ui/format';

/** What the evidence form holds; times are wall clock of the office's zone (`datetime-local`). */
export interface EvidenceDraft {
  outcome: Outcome | '';
  performedAt: string;
  strength: Strength | '';
  recoveryPointAt: string;
  measuredMinutes: string;
  tool: string;
  runId: string;
  note: string;
  link: string;
  drillType: DrillType | '';
  startedAt: string;
  finishedAt: string;
  attestedById: string;
  statement: string;
  expected: string;
  observed: string;
  reason: string;
}

export const EMPTY_EVIDENCE: EvidenceDraft = {
  outcome: '',
  performedAt: '',
  strength: '',
  recoveryPointAt: '',
  measuredMinutes: '',
  tool: '',
  runId: '',
  note: '',
  link: '',
  drillType: '',
  startedAt: '',
  finishedAt: '',
  attestedById: '',
  statement: '',
  expected: '',
  observed: '',
  reason: '',
};

export type EvidenceField = keyof EvidenceDraft;

const OF_KIND: Record<EvidenceKind, EvidenceField[]> = {
  BACKUP: ['performedAt', 'strength', 'recoveryPointAt', 'tool', 'runId'],
  VERIFICATION: ['performedAt', 'strength', 'tool', 'runId'],
  RESTORE_TEST: ['performedAt', 'strength', 'recoveryPointAt', 'measuredMinutes'],
  DRILL: ['drillType', 'startedAt', 'finishedAt', 'attestedById'],
  REVIEW: ['performedAt'],
  ATTESTATION: ['performedAt'],
  APPROVAL: ['performedAt'],
};

// Only these drills restore something, so only they take a measured time and a check that stale data would fail.
const RESTORING: DrillType[] = ['FUNCTIONAL', 'FULL_SCALE'];

export const isRestoring = (draft: EvidenceDraft) => draft.drillType !== '' && RESTORING.includes(draft.drillType);

/** The fields that this kind of evidence asks for, in the order of the form. */
export function fieldsFor(kind: EvidenceKind, draft: EvidenceDraft): EvidenceField[] {
  const ofDrill: EvidenceField[] =
    kind === 'DRILL' && isRestoring(draft)
      ? ['measuredMinutes', 'recoveryPointAt', 'statement', 'expected', 'observed']
      : [];
  return ['outcome', ...OF_KIND[kind], ...ofDrill, 'note', 'link'];
}

/** The fields without which this kind of evidence proves nothing. */
export function requiredFor(kind: EvidenceKind): EvidenceField[] {
  if (kind === 'DRILL') return ['outcome', 'drillType', 'startedAt', 'finishedAt', 'attestedById'];
  if (kind === 'BACKUP') return ['outcome', 'performedAt', 'strength', 'recoveryPointAt'];
  if (kind === 'VERIFICATION' || kind === 'RESTORE_TEST') return ['outcome', 'performedAt', 'strength'];
  return ['outcome', 'performedAt'];
}

function drillOf(draft: EvidenceDraft): NonNullable<NewEvidence['drill']> {
  const { statement, expected, observed } = draft;
  return {
    type: draft.drillType as DrillType,
    startedAt: instantOf(draft.startedAt),
    finishedAt: instantOf(draft.finishedAt),
    attestedById: draft.attestedById,
    ...(isRestoring(draft) && statement && { check: { statement, expected, observed } }),
  };
}

/** The evidence as the service takes it; fields that do not belong to the kind are left out. */
export function evidenceBody(kind: EvidenceKind, draft: EvidenceDraft, obligation: Obligation | null): NewEvidence {
  const asked = new Set(fieldsFor(kind, draft));
  const given = (name: EvidenceField) => asked.has(name) && draft[name] !== '';
  return {
    kind,
    outcome: draft.outcome as Outcome,
    performedAt: instantOf(kind === 'DRILL' ? draft.finishedAt : draft.performedAt),
    ...(obligation && { obligationId: obligation.id }),
    ...(given('strength') && { strength: draft.strength as Strength }),
    ...(given('recoveryPointAt') && { recoveryPointAt: instantOf(draft.recoveryPointAt) }),
    ...(given('measuredMinutes') && { measuredMinutes: Number(draft.measuredMinutes) }),
    ...(given('tool') && { tool: draft.tool }),
    ...(given('runId') && { runId: draft.runId }),
    ...(given('note') && { note: draft.note }),
    ...(given('link') && { link: draft.link }),
    ...(kind === 'DRILL' && { drill: drillOf(draft) }),
  };
}
