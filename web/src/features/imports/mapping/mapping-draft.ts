import type { Hosting, ImportMapping, Inspection, Lifecycle, OwnerPattern, Tier } from '../../../api/types';

/** Fields that a column of the file fills as it stands. */
export const TEXT_FIELDS = ['code', 'name', 'nameEn', 'rto', 'rpo', 'mtd', 'supplier', 'sites', 'note'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** The words that each of these fields knows; a column's own words have to be given one of them by hand. */
export const WORDS = {
  tier: ['HIGH', 'MODERATE', 'LOW'],
  lifecycle: ['PLANNED', 'OPERATING', 'RETIRED'],
  hosting: ['ON_PREMISES', 'CLOUD', 'HYBRID'],
  confidentiality: ['3', '2', '1'],
  publicFacing: ['true', 'false'],
  outsourced: ['true', 'false'],
} as const satisfies { tier: Tier[]; lifecycle: Lifecycle[]; hosting: Hosting[] } & Record<string, string[]>;
export type WordField = keyof typeof WORDS;
export const WORD_FIELDS = Object.keys(WORDS) as WordField[];

/** How a column of words becomes one of ours; `constant` is for a file without such a column. */
export interface WordsDraft {
  column: string;
  values: Record<string, string>;
  constant: string;
}

export interface MappingDraft {
  organisationId: string;
  /** The columns that name the organisation, from the top down. */
  organisationColumns: string[];
  createOrganisations: boolean;
  columns: Partial<Record<TextField, string>>;
  words: Record<WordField, WordsDraft>;
  ownerColumn: string;
  ownerPattern: OwnerPattern;
  /** The mapping it began as: what the pages cannot show of it is kept. */
  base: Partial<ImportMapping>;
}

interface Source {
  column?: string;
  values?: Record<string, unknown>;
  value?: unknown;
}

const columnOf = (source: string | { column?: string } | undefined) =>
  typeof source === 'string' ? source : source?.column;

/** A mapping, suggested or saved, as far as the file has its columns. */
export function draftOf(mapping: Partial<ImportMapping>, inspection: Inspection): MappingDraft {
  const here = (column: string | undefined) => (column && inspection.columns.includes(column) ? column : '');
  const words = (source: Source | undefined): WordsDraft => ({
    column: here(source?.column),
    values: Object.fromEntries(Object.entries(source?.values ?? {}).map(([raw, code]) => [raw, String(code)])),
    constant: source?.value === undefined ? '' : String(source.value),
  });
  const columns = TEXT_FIELDS.map((field) => [field, here(columnOf(mapping.columns?.[field]))]);
  return {
    organisationId: mapping.organisationId ?? '',
    organisationColumns: (mapping.organisation?.columns ?? []).filter(here),
    createOrganisations: mapping.organisation?.create ?? false,
    columns: Object.fromEntries(columns.filter(([, column]) => column)),
    words: Object.fromEntries(WORD_FIELDS.map((field) => [field, words(mapping[field])])) as MappingDraft['words'],
    ownerColumn: here(mapping.owner?.column),
    ownerPattern: mapping.owner?.pattern ?? 'NAME_AND_EMAIL',
    base: mapping,
  };
}

export interface RawValue {
  value: string;
  count: number;
}

/** The different values of a column, when there are few enough to name them. */
export function valuesOf(column: string, inspection: Inspection): RawValue[] | null {
  return inspection.distinct[column]?.map(({ value = '', count = 0 }) => ({ value, count })) ?? null;
}

/** The values of the chosen column that stand for nothing yet: they block the import, none is ever guessed. */
export function unmappedValues(words: WordsDraft, inspection: Inspection): RawValue[] {
  return (valuesOf(words.column, inspection) ?? []).filter(({ value }) => !words.values[value]);
}

const CODE: Partial<Record<WordField, (word: string) => unknown>> = {
  confidentiality: Number,
  publicFacing: (word) => word === 'true',
  outsourced: (word) => word === 'true',
};

function sourceOf(field: WordField, { column, values, constant }: WordsDraft): Source | undefined {
  const code = CODE[field] ?? ((word: string) => word);
  if (!column) return constant ? { value: code(constant) } : undefined;
  const chosen = Object.entries(values).filter(([, word]) => word !== '');
  return { column, values: Object.fromEntries(chosen.map(([raw, word]) => [raw, code(word)])) };
}

/** The mapping as the service takes it. */
export function mappingOf(draft: MappingDraft): ImportMapping {
  const { base, organisationColumns, ownerColumn } = draft;
  const columns = TEXT_FIELDS.map((field) => {
    const before = base.columns?.[field];
    const chosen = draft.columns[field] ?? '';
    return [field, (columnOf(before) ?? '') === chosen ? before : chosen];
  });
  const words = WORD_FIELDS.map((field) => [field, sourceOf(field, draft.words[field])]);
  const mapping = {
    ...Object.fromEntries(words.filter(([, source]) => source)),
    organisationId: draft.organisationId,
    ...(organisationColumns.length > 0 && {
      organisation: { ...base.organisation, columns: organisationColumns, create: draft.createOrganisations },
    }),
    columns: Object.fromEntries(columns.filter(([, source]) => source)),
    ...(ownerColumn && { owner: { column: ownerColumn, pattern: draft.ownerPattern } }),
    ...(base.file && { file: base.file }),
  };
  return mapping as ImportMapping;
}

export type MappingGap = 'code' | 'name' | 'organisation' | 'tier' | 'values';

/** What is still to be decided before the file can be checked. */
export function gapsOf(draft: MappingDraft, inspection: Inspection): MappingGap[] {
  const has = (field: TextField) => draft.columns[field] || draft.base.columns?.[field];
  const { tier } = draft.words;
  const gaps: [MappingGap, boolean][] = [
    ['code', !has('code')],
    ['name', !has('name')],
    ['organisation', !draft.organisationId],
    ['tier', !tier.column && !tier.constant],
    ['values', WORD_FIELDS.some((field) => unmappedValues(draft.words[field], inspection).length > 0)],
  ];
  return gaps.filter(([, open]) => open).map(([gap]) => gap);
}
