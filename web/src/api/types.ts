/** What the service answers, written by hand until the generated types replace it (`npm run api --workspace web`). */

export type Tier = 'HIGH' | 'MODERATE' | 'LOW';
export type State = 'NOT_APPLICABLE' | 'WAIVED' | 'UNKNOWN' | 'MET' | 'DUE_SOON' | 'OVERDUE' | 'FAILED';
export type Verdict = 'READY' | 'READY_WITH_WAIVERS' | 'AT_RISK' | 'NOT_READY' | 'UNKNOWN';
export type Lifecycle = 'PLANNED' | 'OPERATING' | 'RETIRED';
export type Hosting = 'ON_PREMISES' | 'CLOUD' | 'HYBRID';
export type Role = 'ADMIN' | 'CISO_OFFICE' | 'MANAGER' | 'OWNER' | 'AUDITOR';
export type EvidenceKind = 'BACKUP' | 'VERIFICATION' | 'RESTORE_TEST' | 'DRILL' | 'REVIEW' | 'ATTESTATION' | 'APPROVAL';
export type Outcome = 'PASSED' | 'PARTIAL' | 'FAILED';
export type Strength =
  'DECLARED' | 'LISTED' | 'COMPLETED' | 'STRUCTURE_CHECKED' | 'DATA_CHECKED' | 'RESTORED' | 'VALIDATED';
export type DrillType = 'TABLETOP' | 'FUNCTIONAL' | 'FULL_SCALE' | 'NOTIFICATION';
export type OrganisationKind = 'MINISTRY' | 'AGENCY' | 'BUREAU' | 'DIVISION';
export type Locale = 'ja' | 'en';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number;
}

/** A sentence of the service: `text` is already in the caller's language. */
export interface Reason {
  code: string;
  params: Record<string, unknown>;
  text: string;
}

export interface PersonRef {
  id: string;
  displayName: string;
  email: string;
}

export interface OrganisationRef {
  id: string;
  code: string;
  name: string;
  nameEn: string | null;
}

export interface RoleAssignment {
  role: Role;
  organisationId: string | null;
  organisationName?: string | null;
}

export interface Me {
  user: { id: string; email: string; displayName: string; locale: Locale; timeZone: string };
  roles: RoleAssignment[];
  permissions: string[];
  demo: boolean;
}

export interface SignInHints {
  demo: boolean;
  accounts: { email: string; role: Role }[];
}

export interface Organisation extends OrganisationRef {
  kind: OrganisationKind;
  parentId: string | null;
  depth: number;
  path: string[];
  version: number;
}

export interface User extends PersonRef {
  locale: Locale;
  roles: RoleAssignment[];
  canSignIn: boolean;
}

export interface ObligationCounts {
  applicable: number;
  met: number;
  dueSoon: number;
  overdue: number;
  failed: number;
  unknown: number;
  waived: number;
}

export interface SystemSummary {
  id: string;
  code: string;
  name: string;
  nameEn: string | null;
  organisation: OrganisationRef;
  owner: PersonRef | null;
  tier: Tier;
  lifecycle: Lifecycle;
  verdict: Verdict | null;
  counts: ObligationCounts;
  nextAction: Reason | null;
  version: number;
}

/** Fields a person writes; durations are ISO 8601 (`PT4H`). */
export interface SystemFields {
  code: string;
  name: string;
  nameEn: string | null;
  organisationId: string;
  ownerId: string | null;
  deputyId: string | null;
  tier: Tier;
  lifecycle: Lifecycle;
  confidentiality: number | null;
  integrity: number | null;
  availability: number | null;
  publicFacing: boolean;
  outsourced: boolean;
  hosting: Hosting | null;
  sites: string[];
  supplier: string | null;
  rto: string | null;
  rpo: string | null;
  mtd: string | null;
  note: string | null;
}

export interface System extends SystemFields {
  id: string;
  organisation: OrganisationRef;
  owner: PersonRef | null;
  deputy: PersonRef | null;
  registeredOn: string;
  tierSinceOn: string;
  retiredOn: string | null;
  targetFindings: Reason[];
  version: number;
  createdAt: string;
  updatedAt: string;
}

export type ActionKind =
  | 'APPROVE_PROCEDURE'
  | 'REVIEW_PROCEDURE'
  | 'CONFIRM_CONTACTS'
  | 'DECLARE_BACKUP'
  | 'APPROVE_BACKUP'
  | 'AMEND_BACKUP'
  | 'REVIEW_BACKUP'
  | 'REVIEW_IMPORTANCE'
  | 'SEND_EVIDENCE';

/** What clears an obligation. */
export interface Action {
  kind: ActionKind;
  evidenceKind: EvidenceKind | null;
  subject: string | null;
  drillType: DrillType | null;
  backupRequirementId: string | null;
}

export interface Obligation {
  id: string;
  system: { id: string; code: string; name: string; tier: Tier; organisation: OrganisationRef };
  backupRequirement: { id: string; dataset: string } | null;
  ruleKey: string;
  ruleTitle: string;
  kind: string;
  state: State;
  gating: boolean;
  dueOn: string | null;
  dueAt: string | null;
  since: string | null;
  owner: PersonRef | null;
  evidenceId: string | null;
  reason: Reason;
  action: Action;
}

export interface Transition {
  at: string;
  fromState: State | null;
  toState: State;
  evidenceId: string | null;
  cause: string;
}

export interface ReadinessReason {
  obligationId: string;
  ruleKey: string;
  ruleTitle: string;
  state: State;
  gating: boolean;
  since: string | null;
  who: PersonRef | null;
  reason: Reason;
  dueOn: string | null;
}

export interface Readiness {
  systemId: string;
  asOf: string;
  verdict: Verdict;
  effectiveVerdict: Verdict;
  policy: { id: string; version: number; organisationName: string } | null;
  counts: ObligationCounts;
  percentMet: number | null;
  sentence: Reason;
  reasons: ReadinessReason[];
  nextAction: { reason: Reason; obligationId: string; ruleKey: string; page: string } | null;
}

export interface TierRow {
  tier: Tier;
  total: number;
  byVerdict: Record<Verdict, number>;
  obligations: ObligationCounts;
  percentMet: number | null;
}

export interface TierReadiness {
  asOf: string;
  organisation: OrganisationRef | null;
  tiers: TierRow[];
  planned: number;
  retired: number;
  headline: Reason;
}

export interface HeatmapCell {
  ruleKey: string;
  state: State;
  dueOn: string | null;
  gating: boolean;
  obligationId: string;
}

export interface Heatmap extends Page<HeatmapRow> {
  asOf: string;
  rules: { key: string; title: string }[];
}

export interface HeatmapRow {
  system: { id: string; code: string; name: string; tier: Tier; organisation: OrganisationRef };
  verdict: Verdict | null;
  cells: (HeatmapCell | null)[];
}
