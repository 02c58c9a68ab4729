import { Any, EntityManager } from 'typeorm';
import type { Tier } from '../../../core/importance/tier';
import type { CivilDate } from '../../../core/time/civil-date';
import { auditorsAmong, contradictions } from '../../systems/system-check';
import { changedFields, editSystemRow, newSystemRow, type NewSystem, type SystemRow } from '../../systems/system-row';
import { System } from '../../systems/system.entity';
import type { ImportMapping } from '../dto/import-mapping.request';
import type { RowFault } from '../import-rejection.entity';
import type { RowWarning } from '../import-run.entity';
import { columnOf } from '../reading/source';
import type { OrganisationTree } from './organisation-tree';
import { type OwnerFound, People } from './people';
import type { AcceptedRow, RejectedRow } from './row-judge';

/** One system that the import writes: `before` is null for a new one. */
export interface PlannedChange {
  row: number;
  before: SystemRow | null;
  after: SystemRow;
  /** Names of the changed fields as the API calls them; empty for a new one. */
  fields: string[];
}

/** A system whose tier the file wants changed: by request, since another person decides. */
export interface PlannedTierChange {
  before: SystemRow;
  requestedTier: Tier;
}

/** What a batch of rows comes to; a dry run ends here. */
export interface BatchPlan {
  changes: PlannedChange[];
  tierChanges: PlannedTierChange[];
  unchanged: number;
  rejected: RejectedRow[];
  warnings: RowWarning[];
}

export interface Moment {
  now: Date;
  today: CivilDate;
}

/** Compares rows with the register by (organisation, code), in four statements whatever their number. */
export async function planBatch(
  m: EntityManager,
  rows: readonly AcceptedRow[],
  people: People,
  tree: OrganisationTree,
  mapping: ImportMapping,
  moment: Moment,
): Promise<BatchPlan> {
  const registered = await registeredSystems(m, rows);
  const waiting = await openTierChanges(m, [...registered.values()]);
  const owners = await ownersOf(m, rows, people, tree);
  const plan: BatchPlan = { changes: [], tierChanges: [], unchanged: 0, rejected: [], warnings: [] };
  for (const [index, accepted] of rows.entries()) {
    const { row, candidate, organisationId } = accepted;
    const before = registered.get(keyOf(organisationId, candidate.code)) ?? null;
    const { ownerId, warning } = owners(index, before);
    const warnings: RowFault[] = [...accepted.warnings];
    if (warning) warnings.push({ column: mapping.owner?.column ?? null, code: warning });
    const said = { ...candidate.fields, ownerId };
    const wanted = before && said.tier !== undefined && said.tier !== before.tier ? said.tier : null;
    const after = before
      ? editSystemRow(before, { ...said, tier: before.tier }, moment.now, moment.today)
      : newSystem({ ...candidate.initial, ...said, organisationId, code: candidate.code }, moment);
    const fields = before ? changedFields(before, after) : [];
    const fault = before && (fields.length > 0 || wanted) ? faultOf(before, after, mapping) : null;
    if (fault) {
      plan.rejected.push({ row, cells: accepted.cells, faults: [fault] });
      continue;
    }
    if (before && wanted) {
      const code = waiting.has(before.id) ? 'TIER_CHANGE_WAITING' : 'TIER_CHANGE_REQUESTED';
      warnings.push({ column: columnOf(mapping.tier), code });
      if (!waiting.has(before.id)) plan.tierChanges.push({ before, requestedTier: wanted });
    }
    if (before && fields.length === 0) plan.unchanged += 1;
    else plan.changes.push({ row, before, after, fields: fields.map(apiName) });
    plan.warnings.push(...warnings.map((found) => ({ row, ...found })));
  }
  return plan;
}

/** Who owns the system of each row. Who audits its organisation does not become its owner. */
async function ownersOf(
  m: EntityManager,
  rows: readonly AcceptedRow[],
  people: People,
  tree: OrganisationTree,
): Promise<(index: number, before: SystemRow | null) => OwnerFound> {
  const found = rows.map(({ candidate }) => people.ownerOf(candidate.owner));
  const pairs = rows.flatMap(({ organisationId }, index) => {
    const userId = found[index]?.ownerId;
    return userId ? [{ index, userId, organisationId: tree.registered(organisationId) }] : [];
  });
  const places = await auditorsAmong(m, pairs);
  const auditing = new Set(pairs.filter((_pair, place) => places.has(place)).map(({ index }) => index));
  return (index, before) => {
    const owner = found[index] ?? { ownerId: undefined };
    const becomes = owner.ownerId !== before?.ownerId && auditing.has(index);
    return becomes ? { ownerId: undefined, warning: 'OWNER_IS_AUDITOR' } : owner;
  };
}

async function registeredSystems(m: EntityManager, rows: readonly AcceptedRow[]): Promise<Map<string, SystemRow>> {
  const found = await m.query<{ id: string }[]>(
    `SELECT s.id FROM unnest($1::uuid[], $2::text[]) AS file(organisation_id, code)
     JOIN system s ON s.organisation_id = file.organisation_id AND s.code = file.code`,
    [rows.map(({ organisationId }) => organisationId), rows.map(({ candidate }) => candidate.code)],
  );
  const systems = await m.findBy(System, { id: Any(found.map(({ id }) => id)) });
  return new Map(systems.map((system) => [keyOf(system.organisationId, system.code), system]));
}

/** The systems among these for which a change of tier is being decided. */
async function openTierChanges(m: EntityManager, systems: readonly SystemRow[]): Promise<Set<string>> {
  const open = await m.query<{ systemId: string }[]>(
    `SELECT system_id AS "systemId" FROM tier_change WHERE status = 'REQUESTED' AND system_id = ANY($1::uuid[])`,
    [systems.map(({ id }) => id)],
  );
  return new Set(open.map(({ systemId }) => systemId));
}

const keyOf = (organisationId: string, code: string): string => `${organisationId} ${code}`;

/** The mapping has a tier and a name, so a row without faults has them. */
function newSystem(fields: Partial<NewSystem>, { now, today }: Moment): SystemRow {
  return newSystemRow(fields as NewSystem, now, today);
}

/** A row may not do what a form may not: change a retired system, or leave the register contradicting itself. */
function faultOf(before: SystemRow, after: SystemRow, mapping: ImportMapping): RowFault | null {
  if (before.lifecycle === 'RETIRED') return { column: null, code: 'SYSTEM_RETIRED' };
  const [contradiction] = contradictions(before, after);
  if (!contradiction) return null;
  const { columns, lifecycle } = mapping;
  const source = contradiction.field === 'lifecycle' ? lifecycle : (columns.rto ?? columns.mtd);
  return { column: columnOf(source), code: contradiction.code };
}

const apiName = (field: string): string => field.replace(/Minutes$/, '');
