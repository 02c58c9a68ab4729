import type { EntityManager } from 'typeorm';
import type { Tier } from '../../../src/core/importance/tier';
import { localDate } from '../../../src/core/time/zone';
import type { NewEvidence } from '../../../src/obligations/evidence-intake';
import type { StateChange } from '../../../src/obligations/obligation-ledger';
import { newId } from '../../../src/platform/database/id';
import { BackupRequirement } from '../../../src/registry/backup-requirements/backup-requirement.entity';
import {
  editSystemRow,
  newSystemRow,
  type NewSystem,
  type SystemFields,
} from '../../../src/registry/systems/system-row';
import { insertSystems, updateSystems } from '../../../src/registry/systems/system-writer';
import { System } from '../../../src/registry/systems/system.entity';
import { TierChange } from '../../../src/registry/tier-changes/tier-change.entity';
import type { Centre } from './centre';

let registered = 0;

/** What the tests below change facts with: the centre, and where they stand in a transaction its manager. */
export type Writing = Pick<Centre, 'clock' | 'config' | 'dataSource' | 'intake' | 'ledger' | 'world'>;

const todayIn = ({ clock, config }: Writing): string => localDate(clock.now(), config.TZ_DEFAULT);

/** Registers a system, of tier HIGH and owned by the owner in the first agency unless said otherwise. Answers its id. */
export async function register(centre: Writing, fields: Partial<NewSystem> = {}): Promise<string> {
  const [id] = await registerMany(centre, [fields]);
  return id as string;
}

/** Registers several in one transaction. */
export async function registerMany(centre: Writing, all: readonly Partial<NewSystem>[]): Promise<string[]> {
  const { world, clock, ledger } = centre;
  const rows = all.map((fields) => {
    registered += 1;
    const said = { code: `SYS-${registered}`, name: `システム${registered}`, tier: 'HIGH' as const, ...fields };
    const home = { organisationId: world.organisations.agency, ownerId: world.people.owner };
    return newSystemRow({ ...home, ...said }, clock.now(), todayIn(centre));
  });
  const ids = rows.map(({ id }) => id);
  await centre.dataSource.transaction(async (m) => {
    await insertSystems(m, rows);
    await ledger.refresh(m, ids);
  });
  return ids;
}

/** Changes what the register says of a system. */
export async function edit(centre: Writing, id: string, fields: Partial<SystemFields>): Promise<StateChange[]> {
  return centre.dataSource.transaction(async (m) => {
    const row = await m.findOneOrFail(System, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (fields.tier && fields.tier !== row.tier) await approveTier(m, centre, row, fields.tier);
    await updateSystems(m, [editSystemRow(row, fields, centre.clock.now(), todayIn(centre))]);
    return centre.ledger.refresh(m, [id]);
  });
}

/** The approved request that a tier changes by. */
async function approveTier(
  m: EntityManager,
  { world, clock }: Writing,
  row: System,
  requestedTier: Tier,
): Promise<void> {
  const at = clock.now();
  await m.insert(TierChange, {
    ...{ id: newId(), systemId: row.id, fromTier: row.tier, requestedTier, reason: '見直し', status: 'APPROVED' },
    ...{ requestedById: world.people.owner, requestedAt: at, decidedById: world.people.ciso, decidedAt: at },
  });
}

/** Declares a backup requirement, daily for all data unless said otherwise. Answers its id. */
export async function declare(
  centre: Writing,
  systemId: string,
  fields: Partial<BackupRequirement> = {},
): Promise<string> {
  const id = newId();
  await centre.dataSource.transaction(async (m) => {
    await m.insert(BackupRequirement, {
      ...{ id, systemId, dataset: `data ${id}`, method: 'full', retention: 'P35D', copies: [], status: 'DRAFT' },
      ...{ intervalMinutes: 60, rpoMinutes: 60, authorId: centre.world.people.owner, declaredOn: todayIn(centre) },
      ...fields,
    });
    await centre.ledger.refresh(m, [systemId]);
  });
  return id;
}

/** Withdraws a backup requirement. */
export async function withdraw(centre: Writing, id: string): Promise<void> {
  await centre.dataSource.transaction(async (m) => {
    await m.update(BackupRequirement, { id }, { withdrawnOn: todayIn(centre) });
    const { systemId } = await m.findOneByOrFail(BackupRequirement, { id });
    await centre.ledger.refresh(m, [systemId]);
  });
}

/** A proof of a system: passed, done now by the owner, and strong enough for every rule, unless said otherwise. */
export function proof(
  centre: Pick<Writing, 'clock' | 'world'>,
  systemId: string,
  fields: Pick<NewEvidence, 'kind'> & Partial<NewEvidence>,
): NewEvidence {
  return {
    systemId,
    outcome: 'PASSED',
    strength: 'VALIDATED',
    performedAt: centre.clock.now(),
    performerId: centre.world.people.owner,
    source: 'MANUAL',
    ...fields,
  };
}

/** Takes one such proof in a transaction of its own, or in the one of `m`. */
export async function prove(
  centre: Writing,
  systemId: string,
  fields: Pick<NewEvidence, 'kind'> & Partial<NewEvidence>,
  { m, supersedes }: { m?: EntityManager; supersedes?: string } = {},
): Promise<{ evidenceId: string; changes: StateChange[] }> {
  const take = (manager: EntityManager) =>
    centre.intake.take(manager, [proof(centre, systemId, fields)], supersedes ?? null);
  const { evidenceIds, changes } = await (m ? take(m) : centre.dataSource.transaction(take));
  return { evidenceId: evidenceIds[0] as string, changes };
}
