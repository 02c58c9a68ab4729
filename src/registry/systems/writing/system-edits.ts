import { Injectable } from '@nestjs/common';
import { EntityManager, In } from 'typeorm';
import type { Actor } from '../../../access/actor';
import type { AuditAction } from '../../../audit/audit-actions';
import { AuditLog } from '../../../audit/audit-log';
import { lockSystems } from '../../../obligations/ledger/obligation-facts';
import { ObligationLedger, PAGE } from '../../../obligations/obligation-ledger';
import { newId } from '../../../platform/database/id';
import { Problem } from '../../../platform/http/problem';
import { System } from '../system.entity';
import { changedFields, EditedSystem, SystemRow } from '../system-row';
import { updateSystems } from '../system-writer';
import { PlaceChanges } from './place-changes';

/** What is told of a change beside the changed fields. */
export interface ChangeFacts {
  reason?: string;
  /** Also told to the people who get systems or give them away. */
  note?: string;
}

/** How existing entries of the register are changed, one or many, inside the transaction of a service. */
@Injectable()
export class SystemEdits {
  constructor(
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
  ) {}

  /** The entries, locked in the order of their ids; those that are not there are missing. */
  async lock(m: EntityManager, ids: readonly string[]): Promise<SystemRow[]> {
    await lockSystems(m, ids);
    return m.find(System, { where: { id: In([...ids]) }, order: { id: 'ASC' } });
  }

  /**
   * Writes what differs in one statement, an audit event for each entry with the changed fields and `facts`, what goes along with owners and deputies, and
   * what the systems owe from now on.
   * @returns the entries that differed.
   * @throws Problem 412 when one has been changed since it was read; nothing is left half-written then, since the transaction ends.
   */
  async write(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    edits: readonly EditedSystem[],
    facts: ChangeFacts = {},
  ): Promise<EditedSystem[]> {
    const differing = edits.filter(({ before, after }) => changedFields(before, after).length > 0);
    const rows = differing.map(({ after }) => after);
    if ((await updateSystems(m, rows)).length < rows.length) throw new Problem(412, 'STALE');
    await this.audit.record(
      m,
      actor,
      ...differing.map(({ before, after }) => {
        const changed = changedFields(before, after);
        const part = (row: SystemRow): Record<string, unknown> =>
          Object.fromEntries(changed.map((field) => [field, row[field]]));
        return {
          action,
          recordType: 'system',
          recordId: after.id,
          organisationId: after.organisationId,
          before: part(before),
          after: { ...part(after), ...facts },
        };
      }),
    );
    await this.followPlaces(m, actor, differing, facts.note ?? null);
    for (let start = 0; start < rows.length; start += PAGE)
      await this.ledger.refresh(
        m,
        rows.slice(start, start + PAGE).map(({ id }) => id),
      );
    return differing;
  }

  private async followPlaces(
    m: EntityManager,
    actor: Actor,
    edits: readonly EditedSystem[],
    note: string | null,
  ): Promise<void> {
    const [first] = edits;
    if (!first) return;
    const places = new PlaceChanges(m, { occurrence: newId(), note, createdAt: first.after.updatedAt });
    await this.audit.record(m, actor, ...(await places.follow(edits)));
    await places.tell();
  }
}
