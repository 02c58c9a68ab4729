import { Strength } from './evidence-strength';

export const EVIDENCE_KINDS = [
  'BACKUP',
  'VERIFICATION',
  'RESTORE_TEST',
  'DRILL',
  'REVIEW',
  'ATTESTATION',
  'APPROVAL',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** PARTIAL (a warning, a skipped file) is kept, but is neither a pass nor a failure: it meets nothing and fails nothing. */
export const OUTCOMES = ['PASSED', 'PARTIAL', 'FAILED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How a record may stand: a run that a tool has begun and not ended is kept too, and proves nothing. */
export const KEPT_OUTCOMES = [...OUTCOMES, 'RUNNING'] as const;
export type KeptOutcome = (typeof KEPT_OUTCOMES)[number];

/** What an approval or review is about. */
export const SUBJECTS = ['PROCEDURE', 'BACKUP_REQUIREMENT', 'CONTACTS', 'IMPORTANCE', 'IMPROVEMENT'] as const;
export type Subject = (typeof SUBJECTS)[number];

export const DRILL_TYPES = ['TABLETOP', 'FUNCTIONAL', 'FULL_SCALE', 'NOTIFICATION'] as const;
export type DrillType = (typeof DRILL_TYPES)[number];

/** What an approved backup requirement promises of its copies; counted when it is approved. */
export interface CopyFacts {
  copies: number;
  offsite: number;
  offlineOrImmutable: number;
  encrypted: number;
}

/** The part of an evidence record that rules are judged by. `performedAt` is the day that counts, never the day it was typed in. */
export interface EvidenceFacts {
  id: string;
  kind: EvidenceKind;
  subject: Subject | null;
  /** Set for attestations: the rule that the statement is about. */
  ruleKey: string | null;
  backupRequirementId: string | null;
  outcome: Outcome;
  strength: Strength;
  performedAt: Date;
  /** The instant the data stood at, for backups; null when the source could not say. */
  recoveryPointAt: Date | null;
  /** What a drill counts as (`creditDrill`), not what it was announced as; null when it was not a complete drill. */
  creditedDrillType: DrillType | null;
  /** Whether the drill was of a system that this one cannot do without. */
  shared: boolean;
  copyFacts: CopyFacts | null;
}
