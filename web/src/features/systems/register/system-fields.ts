import type { Hosting, Lifecycle, NewSystem, System, SystemChange, Tier } from '../../../api/types';
import { durationOrNull } from '../../../ui/form/duration-field';

/** What the form holds while it is filled in: every field as the control shows it. */
export interface SystemDraft {
  code: string;
  name: string;
  nameEn: string;
  organisationId: string;
  ownerId: string;
  deputyId: string;
  tier: Tier | '';
  lifecycle: Lifecycle | '';
  confidentiality: '' | '1' | '2' | '3';
  integrity: '' | '1' | '2';
  availability: '' | '1' | '2';
  publicFacing: boolean;
  outsourced: boolean;
  hosting: Hosting | '';
  sites: string;
  supplier: string;
  rto: string;
  rpo: string;
  mtd: string;
  note: string;
}

export const EMPTY_DRAFT: SystemDraft = {
  code: '',
  name: '',
  nameEn: '',
  organisationId: '',
  ownerId: '',
  deputyId: '',
  tier: '',
  lifecycle: 'OPERATING',
  confidentiality: '',
  integrity: '',
  availability: '',
  publicFacing: false,
  outsourced: false,
  hosting: '',
  sites: '',
  supplier: '',
  rto: '',
  rpo: '',
  mtd: '',
  note: '',
};

export function draftOf(system: System): SystemDraft {
  return {
    code: system.code,
    name: system.name,
    nameEn: system.nameEn ?? '',
    organisationId: system.organisation.id,
    ownerId: system.owner?.id ?? '',
    deputyId: system.deputy?.id ?? '',
    tier: system.tier,
    lifecycle: system.lifecycle,
    confidentiality: String(system.confidentiality) as SystemDraft['confidentiality'],
    integrity: String(system.integrity) as SystemDraft['integrity'],
    availability: String(system.availability) as SystemDraft['availability'],
    publicFacing: system.publicFacing,
    outsourced: system.outsourced,
    hosting: system.hosting,
    sites: system.sites.join('\n'),
    supplier: system.supplier ?? '',
    rto: system.rto ?? '',
    rpo: system.rpo ?? '',
    mtd: system.mtd ?? '',
    note: system.note ?? '',
  };
}

const textOrNull = (text: string) => text.trim() || null;
/** Every field that was filled in; a text that was emptied is `null`. */
function fieldsOf(draft: SystemDraft): NewSystem {
  const { confidentiality, integrity, availability, hosting, lifecycle } = draft;
  return {
    code: draft.code.trim(),
    name: draft.name.trim(),
    nameEn: textOrNull(draft.nameEn),
    organisationId: draft.organisationId,
    ownerId: draft.ownerId || null,
    deputyId: draft.deputyId || null,
    tier: draft.tier as Tier,
    ...((lifecycle === 'PLANNED' || lifecycle === 'OPERATING') && { lifecycle }),
    ...(confidentiality && { confidentiality: Number(confidentiality) }),
    ...(integrity && { integrity: Number(integrity) }),
    ...(availability && { availability: Number(availability) }),
    publicFacing: draft.publicFacing,
    outsourced: draft.outsourced,
    ...(hosting && { hosting }),
    sites: draft.sites
      .split('\n')
      .map((site) => site.trim())
      .filter(Boolean),
    supplier: textOrNull(draft.supplier),
    rto: durationOrNull(draft.rto),
    rpo: durationOrNull(draft.rpo),
    mtd: durationOrNull(draft.mtd),
    note: textOrNull(draft.note),
  };
}

/** A new system: what was left empty is left out. */
export function newSystemBody(draft: SystemDraft): Partial<NewSystem> {
  return Object.fromEntries(Object.entries(fieldsOf(draft)).filter(([, value]) => value !== null));
}

/** Only what changed: an absent field keeps its value, `null` clears it. */
export function changedFields(before: SystemDraft, after: SystemDraft): SystemChange {
  const old = fieldsOf(before);
  return Object.fromEntries(
    Object.entries(fieldsOf(after)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof NewSystem]),
    ),
  );
}
