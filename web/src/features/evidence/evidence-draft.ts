import type {
  EvidenceDrill,
  DrillType,
  Evidence,
  EvidenceKind,
  NewEvidence,
  Obligation,
  Outcome,
  Strength,
} from '../../api/types';
import { instantOf, wallClockOf } from '../../ui/format/format';

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
  expected: '',
  observed: '',
  reason: '',
};

export type EvidenceField = keyof EvidenceDraft;

/** The form as it begins when a record is corrected: what the record said. */
export function draftOf(evidence: Evidence): EvidenceDraft {
  const drill = evidence.drill as Partial<EvidenceDrill> | null;
  const wallClock = (instant: string | null | undefined) => (instant ? wallClockOf(instant) : '');
  return {
    ...EMPTY_EVIDENCE,
    outcome: evidence.outcome as Outcome,
    performedAt: wallClockOf(evidence.performedAt),
    strength: evidence.strength,
    recoveryPointAt: wallClock(evidence.recoveryPointAt),
    measuredMinutes: evidence.measuredMinutes === null ? '' : String(evidence.measuredMinutes),
    tool: evidence.tool ?? '',
    note: evidence.note ?? '',
    link: evidence.link ?? '',
    drillType: drill?.type ?? '',
    startedAt: wallClock(drill?.startedAt),
    finishedAt: wallClock(drill?.finishedAt),
    attestedById: drill?.attestedById ?? '',
    expected: drill?.check?.expected ?? '',
    observed: drill?.check?.observed ?? '',
  };
}

const OF_KIND: Record<EvidenceKind, EvidenceField[]> = {
  BACKUP: ['performedAt', 'strength', 'recoveryPointAt', 'tool', 'runId'],
  VERIFICATION: ['performedAt', 'strength', 'tool', 'runId'],
  RESTORE_TEST: ['performedAt', 'strength', 'measuredMinutes'],
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
    kind === 'DRILL' && isRestoring(draft) ? ['measuredMinutes', 'expected', 'observed'] : [];
  return ['outcome', ...OF_KIND[kind], ...ofDrill, 'note', 'link'];
}

/** The fields without which this kind of evidence proves nothing. */
export function requiredFor(kind: EvidenceKind): EvidenceField[] {
  if (kind === 'DRILL') return ['outcome', 'drillType', 'startedAt', 'finishedAt', 'attestedById'];
  const needed: EvidenceField[] = ['outcome', 'performedAt'];
  return OF_KIND[kind].includes('strength') ? [...needed, 'strength'] : needed;
}

function drillOf(draft: EvidenceDraft): EvidenceDrill {
  const { expected, observed } = draft;
  return {
    type: draft.drillType as DrillType,
    startedAt: instantOf(draft.startedAt),
    finishedAt: instantOf(draft.finishedAt),
    attestedById: draft.attestedById,
    ...(isRestoring(draft) && (expected || observed) && { check: { expected, observed } }),
  };
}

/** What a proof is about: taken from the obligation it is for, or from the evidence it supersedes. */
export type EvidenceMatter = Pick<NewEvidence, 'ruleKey' | 'subject' | 'backupRequirementId'>;

export const matterOfEvidence = ({ ruleKey, subject, backupRequirementId }: Evidence): EvidenceMatter => ({
  ...(ruleKey && { ruleKey }),
  ...(subject && { subject }),
  ...(backupRequirementId && { backupRequirementId }),
});

/** The matter of an obligation, as its kind of evidence names it. */
export function matterOf({ action, ruleKey, backupRequirement }: Obligation): EvidenceMatter {
  const backupRequirementId = action.backupRequirementId ?? backupRequirement?.id;
  return {
    ...(action.evidenceKind === 'ATTESTATION' && { ruleKey }),
    ...(action.evidenceKind === 'REVIEW' && action.subject && { subject: action.subject }),
    ...(backupRequirementId && { backupRequirementId }),
  };
}

/** The evidence as the service takes it; fields that do not belong to the kind are left out. */
export function evidenceBody(kind: EvidenceKind, draft: EvidenceDraft, matter: EvidenceMatter): NewEvidence {
  const asked = new Set(fieldsFor(kind, draft));
  const given = (name: EvidenceField) => asked.has(name) && draft[name] !== '';
  return {
    kind,
    outcome: draft.outcome as Outcome,
    performedAt: instantOf(kind === 'DRILL' ? draft.finishedAt : draft.performedAt),
    ...matter,
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
