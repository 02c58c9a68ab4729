import { EntityManager } from 'typeorm';
import type { Actor } from '../../../access/actor';
import type { OrganisationRef } from '../../../access/references/refs.response';
import { organisationJson } from '../../../access/references/refs-sql';
import { formatMinutes } from '../../../core/time/duration';
import { message } from '../../../platform/messages/messages';
import type { SystemRow } from '../system-row';
import { BULK_FIELDS, type BulkChange, type BulkField } from './dto/bulk-edit.request';
import type { BulkDifference, BulkPreviewItem, BulkPreviewResponse } from './dto/bulk-edit.response';
import type { JudgedEdit } from './judge-edits';

interface Names {
  people: ReadonlyMap<string, string>;
  organisations: ReadonlyMap<string, OrganisationRef>;
}

const COLUMNS = { rto: 'rtoMinutes', rpo: 'rpoMinutes', mtd: 'mtdMinutes' } as const;

/** The judged edits for people to read, with the names of whom and what they speak of. */
export async function previewOf(
  m: EntityManager,
  actor: Actor,
  judged: readonly JudgedEdit[],
  change: BulkChange,
): Promise<BulkPreviewResponse> {
  const names = await namesIn(m, judged);
  const fields = BULK_FIELDS.filter((field) => change[field] !== undefined);
  const items = judged.map(({ before, after, problems }): BulkPreviewItem => ({
    ...{ id: before.id, code: before.code, name: before.name, nameEn: before.nameEn, version: before.rowVersion },
    organisation: names.organisations.get(before.organisationId) as OrganisationRef,
    differences: fields.flatMap((field) => differenceIn(field, before, after, names, actor)),
    refusals: problems.map(({ field, code, params }) => ({
      field,
      code,
      message: message(actor.locale, `field.${code}`, params),
    })),
  }));
  const refused = items.filter(({ refusals }) => refusals.length > 0).length;
  const changing = items.filter((item) => item.refusals.length === 0 && item.differences.length > 0).length;
  return { items, changing, refused, unchanged: items.length - refused - changing };
}

function differenceIn(
  field: BulkField,
  before: SystemRow,
  after: SystemRow,
  names: Names,
  actor: Actor,
): BulkDifference[] {
  const [was, is] = [shown(field, before, names, actor), shown(field, after, names, actor)];
  return was === is ? [] : [{ field, before: was, after: is }];
}

function shown(field: BulkField, row: SystemRow, { people, organisations }: Names, actor: Actor): string | null {
  const value = row[field in COLUMNS ? COLUMNS[field as keyof typeof COLUMNS] : (field as keyof SystemRow)];
  if (value === null) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.join('、');
  if (field in COLUMNS) return formatMinutes(Number(value));
  if (field === 'ownerId' || field === 'deputyId') return people.get(String(value)) ?? '—';
  if (field !== 'organisationId') return String(value);
  const organisation = organisations.get(String(value));
  return (actor.locale === 'en' && organisation?.nameEn) || (organisation?.name ?? '—');
}

/** Whom a refused change names may be somebody of another ministry: they have no name here. */
async function namesIn(m: EntityManager, judged: readonly JudgedEdit[]): Promise<Names> {
  const named = judged.flatMap(({ before, after, problems }) => [
    ...[before.ownerId, before.deputyId],
    ...(problems.length > 0 ? [] : [after.ownerId, after.deputyId]),
  ]);
  const people = await m.query<{ id: string; name: string }[]>(
    'SELECT id, display_name AS name FROM app_user WHERE id = ANY($1::uuid[])',
    [[...new Set(named)].filter((id) => id !== null)],
  );
  const organisationIds = judged.flatMap(({ before, after }) => [before.organisationId, after.organisationId]);
  const organisations = await m.query<{ organisation: OrganisationRef }[]>(
    `SELECT ${organisationJson('o')} AS organisation FROM organisation o WHERE o.id = ANY($1::uuid[])`,
    [[...new Set(organisationIds)]],
  );
  return {
    people: new Map(people.map(({ id, name }) => [id, name])),
    organisations: new Map(organisations.map(({ organisation }) => [organisation.id, organisation])),
  };
}
