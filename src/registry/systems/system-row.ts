import { compareTiers, type Tier } from '../../core/importance/tier';
import type { Raise } from '../../core/obligation/eased-terms';
import { laterOf, type CivilDate } from '../../core/time/civil-date';
import { newId } from '../../platform/database/id';
import { System } from './system.entity';

/** A system as it is written: every column but the search index, which follows from the names. */
export type SystemRow = Omit<System, 'searchGrams'>;

/** An existing entry of the register, as it was read under its lock and as it is to be. */
export interface EditedSystem {
  before: SystemRow;
  after: SystemRow;
}

/** What a register says of a system; the rest follows. */
export type SystemFields = Omit<
  SystemRow,
  | 'id'
  | 'operatingSinceOn'
  | 'tierSinceOn'
  | 'raises'
  | 'changedOn'
  | 'retiredOn'
  | 'rowVersion'
  | 'createdAt'
  | 'updatedAt'
>;

/** What has to be said; the other fields have a default. */
export type NewSystem = Pick<SystemFields, 'organisationId' | 'code' | 'name' | 'tier'> & Partial<SystemFields>;

const UNSAID = {
  nameEn: null,
  ownerId: null,
  deputyId: null,
  lifecycle: 'OPERATING',
  confidentiality: 1,
  integrity: 1,
  availability: 1,
  publicFacing: false,
  outsourced: false,
  hosting: 'ON_PREMISES',
  sites: [],
  supplier: null,
  note: null,
  rtoMinutes: null,
  rpoMinutes: null,
  mtdMinutes: null,
} as const satisfies Partial<SystemFields>;

/** A new entry of the register as of `now`; `today` is the civil day from which it owes. Fields that are undefined take their default. */
export function newSystemRow(fields: NewSystem, now: Date, today: CivilDate): SystemRow {
  const said = { ...UNSAID, ...withoutUndefined(fields) };
  return {
    ...said,
    sites: [...said.sites],
    id: newId(),
    operatingSinceOn: today,
    tierSinceOn: today,
    raises: [],
    changedOn: null,
    retiredOn: said.lifecycle === 'RETIRED' ? today : null,
    rowVersion: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** Fields on which reviews rest: after a change of one they are open again (domain.md section 4). */
const REVIEWED: readonly (keyof SystemFields)[] = ['tier', 'ownerId', 'rtoMinutes', 'rpoMinutes', 'mtdMinutes'];

/** The entry after an edit, with the days that follow from it. Fields that are undefined stay as they are. */
export function editSystemRow(row: SystemRow, edit: Partial<SystemFields>, now: Date, today: CivilDate): SystemRow {
  const after = { ...row, ...withoutUndefined(edit) };
  const changed = changedFields(row, after);
  if (changed.length === 0) return row;
  const starts = row.lifecycle !== 'OPERATING' && after.lifecycle === 'OPERATING';
  return {
    ...after,
    operatingSinceOn: starts ? today : row.operatingSinceOn,
    // Only a raise begins a new grace: lowering and raising again would excuse what is overdue.
    tierSinceOn: compareTiers(after.tier, row.tier) < 0 ? today : row.tierSinceOn,
    raises: raisesOf(row, after.tier, today),
    changedOn: changed.some((field) => REVIEWED.includes(field))
      ? laterOf(today, row.changedOn ?? today)
      : row.changedOn,
    retiredOn: after.lifecycle === 'RETIRED' ? (row.retiredOn ?? today) : null,
    updatedAt: now,
  };
}

/** A lowering undoes the raises from the tier that it leads to, and from those above that. */
function raisesOf({ raises, tier: from }: SystemRow, tier: Tier, today: CivilDate): readonly Raise[] {
  if (tier === from) return raises;
  if (compareTiers(tier, from) < 0) return [...raises, { from, on: today }];
  return raises.filter((raise) => compareTiers(tier, raise.from) < 0);
}

const FIELDS: readonly (keyof SystemFields)[] = [
  'organisationId',
  'code',
  'name',
  'tier',
  ...(Object.keys(UNSAID) as (keyof typeof UNSAID)[]),
];

/** The fields in which two states of one entry differ. */
export function changedFields(before: SystemRow, after: SystemRow): (keyof SystemFields)[] {
  return FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
