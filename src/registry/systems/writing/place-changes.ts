import { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../../audit/audit-log';
import { moveReminders, type MovedPlace } from '../../../obligations/notices/move-reminders';
import { tellPeople, type Told } from '../../../obligations/notices/tell-people';
import type { EditedSystem, SystemRow } from '../system-row';
import { moveItems } from './move-items';

type PlaceKind = Extract<Told['kind'], 'SYSTEMS_RECEIVED' | 'SYSTEMS_GIVEN'>;

/** The systems that one person received or gave away. */
interface TheirSystems {
  systemId: string;
  count: number;
  organisationIds: Set<string>;
}

/**
 * What goes along when systems change their owners and deputies, by whatever way: what the former ones were still to be reminded of and their open improvement
 * items go to the new ones, and each of them is told once of the whole occasion, however many systems it is about (domain.md section 4).
 */
export class PlaceChanges {
  private readonly told = { SYSTEMS_RECEIVED: new Map(), SYSTEMS_GIVEN: new Map() } as Record<
    PlaceKind,
    Map<string, TheirSystems>
  >;

  constructor(
    private readonly m: EntityManager,
    private readonly occasion: Pick<Told, 'occurrence' | 'note' | 'createdAt'>,
  ) {}

  /**
   * Moves what goes along with a batch of systems that are written already, in two statements, before the ledger is refreshed, which looks at whose it is.
   * @returns what is to be on record of it.
   */
  async follow(changes: readonly EditedSystem[]): Promise<AuditEntry[]> {
    const moved = changes.flatMap((change) => this.note(change));
    await moveReminders(this.m, moved);
    return moveItems(this.m, moved);
  }

  /** Has everybody told whose places have changed, when all batches are written. */
  async tell(): Promise<void> {
    await tellPeople(
      this.m,
      (Object.keys(this.told) as PlaceKind[]).flatMap((kind) =>
        [...this.told[kind]].map(([userId, { systemId, count, organisationIds }]): Told => {
          const list = kind === 'SYSTEMS_RECEIVED' ? '/systems?owner=me' : '/systems';
          return {
            ...{ userId, kind, systemId, systemCount: count, organisationIds: [...organisationIds], ...this.occasion },
            path: count === 1 ? `/systems/${systemId}` : list,
          };
        }),
      ),
    );
  }

  /** Who only changes from one place of a system to the other gives nothing away, and who had both gives to the new owner. */
  private note({ before, after }: EditedSystem): MovedPlace[] {
    const holds = [after.ownerId, after.deputyId];
    const moved = new Map<string, MovedPlace>();
    const received = new Set<string>();
    for (const place of ['ownerId', 'deputyId'] as const) {
      const [fromId, toId] = [before[place], after[place]];
      if (fromId === toId) continue;
      if (toId !== null) received.add(toId);
      if (fromId === null || holds.includes(fromId) || moved.has(fromId)) continue;
      moved.set(fromId, { systemId: after.id, fromId, toId });
    }
    for (const userId of received) this.add('SYSTEMS_RECEIVED', userId, after);
    for (const userId of moved.keys()) this.add('SYSTEMS_GIVEN', userId, after);
    return [...moved.values()];
  }

  private add(kind: PlaceKind, userId: string, { id, organisationId }: SystemRow): void {
    const theirs = this.told[kind].get(userId) ?? { systemId: id, count: 0, organisationIds: new Set() };
    theirs.count += 1;
    theirs.organisationIds.add(organisationId);
    this.told[kind].set(userId, theirs);
  }
}
