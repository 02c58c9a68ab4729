import type { ImportMapping, Inspection, ValueMapping } from '../../api/administration-types';
import type { Lifecycle, Tier } from '../../api/types';

/** Fields that a column of the file can fill as they stand. */
export const PLAIN_FIELDS = [
  'code',
  'name',
  'nameEn',
  'rto',
  'rpo',
  'mtd',
  'confidentiality',
  'integrity',
  'availability',
  'publicFacing',
  'outsourced',
  'hosting',
  'sites',
  'supplier',
  'note',
] as const;
export type PlainField = (typeof PLAIN_FIELDS)[number];

/** How a column of words becomes one of our words; `constant` is for a file that has no such column. */
export interface WordsDraft<V extends string> {
  column: string;
  values: Record<string, V | ''>;
  constant: V | '';
}

export interface MappingDraft {
  organisationId: string;
  organisationColumn: string;
  createOrganisations: boolean;
  ownerColumn: string;
  columns: Partial<Record<PlainField, string>>;
  tier: WordsDraft<Tier>;
  lifecycle: WordsDraft<Lifecycle>;
}

function wordsDraft<V extends string>(mapping: ValueMapping<V> | undefined): WordsDraft<V> {
  return { column: mapping?.column ?? '', values: mapping?.values ?? {}, constant: mapping?.constant ?? '' };
}

/** A mapping, suggested or saved, as far as the file has its columns. */
export function draftOf(mapping: Partial<ImportMapping> | null, inspection: Inspection): MappingDraft {
  const here = (column: string | undefined) => (column && inspection.columns.includes(column) ? column : '');
  const tier = wordsDraft(mapping?.tier);
  const lifecycle = wordsDraft(mapping?.lifecycle);
  return {
    organisationId: mapping?.organisationId ?? '',
    organisationColumn: here(mapping?.organisationColumn?.column),
    createOrganisations: mapping?.organisationColumn?.create ?? false,
    ownerColumn: here(mapping?.owner?.column),
    columns: Object.fromEntries(
      PLAIN_FIELDS.map((field) => [field, here(mapping?.columns?.[field])]).filter(([, column]) => column !== ''),
    ),
    tier: { ...tier, column: here(tier.column) },
    lifecycle: { ...lifecycle, column: here(lifecycle.column) },
  };
}

/** The values of the chosen column that stand for nothing yet: they block the import, none is ever guessed. */
export function unmappedValues<V extends string>(
  words: WordsDraft<V>,
  inspection: Inspection,
): { value: string; count: number }[] {
  if (!words.column) return [];
  return (inspection.distinct[words.column] ?? []).filter(({ value }) => !words.values[value]);
}

function wordsOf<V extends string>(words: WordsDraft<V>): ValueMapping<V> | undefined {
  if (words.column) {
    const chosen = Object.entries(words.values).filter((entry): entry is [string, V] => entry[1] !== '');
    return { column: words.column, values: Object.fromEntries(chosen) as Record<string, V> };
  }
  return words.constant ? { constant: words.constant } : undefined;
}

/** The mapping as the service takes it. */
export function mappingOf(draft: MappingDraft): ImportMapping {
  const lifecycle = wordsOf(draft.lifecycle);
  return {
    ...(draft.organisationId && { organisationId: draft.organisationId }),
    ...(draft.organisationColumn && {
      organisationColumn: { column: draft.organisationColumn, create: draft.createOrganisations },
    }),
    columns: Object.fromEntries(Object.entries(draft.columns).filter(([, column]) => column)),
    tier: wordsOf(draft.tier) ?? {},
    ...(lifecycle && { lifecycle }),
    ...(draft.ownerColumn && { owner: { column: draft.ownerColumn } }),
  };
}

export type MappingGap = 'code' | 'name' | 'organisation' | 'tier' | 'tierValues' | 'lifecycleValues';

/** What is still to be decided before the file can be checked. */
export function gapsOf(draft: MappingDraft, inspection: Inspection): MappingGap[] {
  const gaps: [MappingGap, boolean][] = [
    ['code', !draft.columns.code],
    ['name', !draft.columns.name],
    ['organisation', !draft.organisationId],
    ['tier', !draft.tier.column && !draft.tier.constant],
    ['tierValues', unmappedValues(draft.tier, inspection).length > 0],
    ['lifecycleValues', unmappedValues(draft.lifecycle, inspection).length > 0],
  ];
  return gaps.filter(([, open]) => open).map(([gap]) => gap);
}
