import type { DrillType, EvidenceKind, Outcome, PersonRef, State, Strength } from './types';

/** Evidence, procedures and backup requirements: what a person sends to turn an obligation. */

export interface Evidence {
  id: string;
  systemId: string;
  kind: EvidenceKind;
  subject: string | null;
  outcome: Outcome;
  strength: Strength | null;
  performedAt: string;
  recordedAt: string;
  performer: PersonRef | null;
  source: string;
  sha256: string;
  note: string | null;
  link: string | null;
  supersededById: string | null;
  facts: Record<string, unknown> | null;
}

export interface Affected {
  obligationId: string;
  ruleTitle: string;
  fromState: State | null;
  toState: State;
  dueOn: string | null;
}

export interface NewEvidence {
  kind: EvidenceKind;
  outcome: Outcome;
  performedAt: string;
  obligationId?: string;
  subject?: string;
  backupRequirementId?: string;
  strength?: Strength;
  recoveryPointAt?: string;
  measuredMinutes?: number;
  tool?: string;
  runId?: string;
  note?: string;
  link?: string;
  drill?: {
    type: DrillType;
    startedAt: string;
    finishedAt: string;
    attestedById: string;
    check?: { statement: string; expected: string; observed: string };
  };
}

export type ProcedureStatus = 'DRAFT' | 'SUBMITTED' | 'APPROVED' | 'RETURNED' | 'SUPERSEDED';

export interface ProcedureSummary {
  id: string;
  title: string;
  current: {
    versionId: string;
    version: number;
    status: ProcedureStatus;
    approvedAt: string | null;
    approvedBy: PersonRef | null;
  } | null;
  draft: { versionId: string; version: number; status: ProcedureStatus } | null;
  lastReviewedOn: string | null;
}

export interface ProcedureStep {
  key: string;
  title: string;
  role: string;
  instructions: string;
  location?: string | null;
  plannedMinutes: number;
  dependsOn: string[];
}

export interface ProcedureContact {
  name: string;
  role: string;
  phone?: string | null;
  email?: string | null;
}

export interface ProcedureContent {
  markdown: string;
  steps: ProcedureStep[];
  contacts: ProcedureContact[];
}

export interface ProcedureVersion extends ProcedureContent {
  id: string;
  procedureId: string;
  systemId: string;
  title: string;
  version: number;
  status: ProcedureStatus;
  approvedAt?: string | null;
  approvedBy?: PersonRef | null;
  submittedBy?: PersonRef | null;
  criticalPathMinutes?: number | null;
  comment?: string | null;
}

export interface BackupCopy {
  site: string;
  medium: string;
  offsite: boolean;
  offline: boolean;
  immutable: boolean;
  encrypted: boolean;
  account: string | null;
}

/** `interval`, `retention` and `rpo` are ISO 8601 durations. */
export interface BackupRequirementFields {
  dataset: string;
  method: string;
  interval: string;
  retention: string;
  rpo: string;
  copies: BackupCopy[];
}

export interface BackupRequirement extends BackupRequirementFields {
  id: string;
  systemId: string;
  status: 'DRAFT' | 'APPROVED';
  approvedAt?: string | null;
  approvedBy?: PersonRef | null;
  lastReviewedOn?: string | null;
  version: number;
}
