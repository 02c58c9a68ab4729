import type { BulkChange, BulkField } from '../../../api/types';
import { durationOrNull } from '../../../ui/form/duration-field';

/** The fields that are to change, with their values as the controls show them. */
export interface BulkDraft {
  organisationId: string;
  ownerId: string;
  deputyId: string;
  lifecycle: '' | 'PLANNED' | 'OPERATING';
  confidentiality: '' | '1' | '2' | '3';
  integrity: '' | '1' | '2';
  availability: '' | '1' | '2';
  publicFacing: '' | 'true' | 'false';
  outsourced: '' | 'true' | 'false';
  hosting: '' | 'ON_PREMISES' | 'CLOUD' | 'HYBRID';
  sites: string;
  supplier: string;
  rto: string;
  rpo: string;
  mtd: string;
}

export const EMPTY_BULK: BulkDraft = {
  organisationId: '',
  ownerId: '',
  deputyId: '',
  lifecycle: '',
  confidentiality: '',
  integrity: '',
  availability: '',
  publicFacing: '',
  outsourced: '',
  hosting: '',
  sites: '',
  supplier: '',
  rto: '',
  rpo: '',
  mtd: '',
};

export const BULK_FIELDS = Object.keys(EMPTY_BULK) as BulkField[];

/** Fields that mean something when they are left empty: nobody, none, no target. */
export const CLEARABLE: readonly BulkField[] = ['ownerId', 'deputyId', 'sites', 'supplier', 'rto', 'rpo', 'mtd'];

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** What is asked for: the chosen fields only. */
export function changeOf(draft: BulkDraft, chosen: readonly BulkField[]): BulkChange {
  const all: BulkChange = {
    organisationId: draft.organisationId,
    ownerId: draft.ownerId || null,
    deputyId: draft.deputyId || null,
    ...(draft.lifecycle && { lifecycle: draft.lifecycle }),
    confidentiality: Number(draft.confidentiality),
    integrity: Number(draft.integrity),
    availability: Number(draft.availability),
    publicFacing: draft.publicFacing === 'true',
    outsourced: draft.outsourced === 'true',
    ...(draft.hosting && { hosting: draft.hosting }),
    sites: lines(draft.sites),
    supplier: draft.supplier.trim() || null,
    rto: durationOrNull(draft.rto),
    rpo: durationOrNull(draft.rpo),
    mtd: durationOrNull(draft.mtd),
  };
  return Object.fromEntries(chosen.map((field) => [field, all[field]]));
}
