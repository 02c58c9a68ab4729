import type { Lifecycle, OrganisationRef, Tier } from './types';

/** Policies, mails and imports. */

export type PolicyStatus = 'DRAFT' | 'PUBLISHED' | 'SUPERSEDED';

export interface PolicySummary {
  id: string;
  organisation: OrganisationRef;
  version: number;
  status: PolicyStatus;
  publishedAt: string | null;
}

export interface TierRequirement {
  required: boolean;
  gating?: boolean;
  cadence?: string | null;
  grace?: string | null;
  minStrength?: string | null;
  [more: string]: unknown;
}

export interface PolicyRule {
  key: string;
  kind: string;
  title: string;
  scope: string;
  optional: boolean;
  condition: unknown;
  tiers: Partial<Record<Tier, TierRequirement | null>>;
  source: string | null;
}

export interface Policy extends PolicySummary {
  rules: PolicyRule[];
}

export type MailStatus = 'QUEUED' | 'SENT' | 'KEPT' | 'FAILED' | 'CANCELLED';

export interface MailSummary {
  id: string;
  to: string;
  toName: string | null;
  subject: string;
  status: MailStatus;
  createdAt: string;
  sentAt: string | null;
  error: string | null;
  itemCount: number;
}

export interface Mail extends MailSummary {
  text: string;
  html: string;
}

export interface ValueMapping<V extends string = string> {
  column?: string;
  values?: Record<string, V>;
  constant?: V;
}

export interface ImportMapping {
  organisationId?: string;
  organisationColumn?: { column: string; create: boolean };
  columns: Record<string, string>;
  tier: ValueMapping<Tier>;
  lifecycle?: ValueMapping<Lifecycle>;
  owner?: { column: string };
}

export interface Inspection {
  format: string;
  encoding: string | null;
  delimiter: string | null;
  sheets: string[] | null;
  columns: string[];
  sample: Record<string, string>[];
  distinct: Record<string, { value: string; count: number }[]>;
  suggestedMapping: Partial<ImportMapping> | null;
}

export interface ImportProfile {
  id: string;
  name: string;
  mapping: ImportMapping;
}

export interface ImportRun {
  id: string;
  status: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  dryRun: boolean;
  fileName: string;
  encoding: string | null;
  rowsRead: number;
  rowsTotal: number | null;
  created: number;
  updated: number;
  unchanged: number;
  rejected: { row: number; column: string | null; code: string; message: string }[];
  rejectedCount: number;
  unmapped: { column: string; value: string; count: number }[];
  missing: { code: string; name: string }[];
  missingCount: number;
  changes: { row: number; code: string; action: string; fields: string[] }[];
  error: string | null;
}
