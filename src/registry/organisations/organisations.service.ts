import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { requireNamedOrganisation } from '../../access/references/organisation-reference';
import { requireOrganisation } from '../../access/scope/system-access';
import { AuditLog } from '../../audit/audit-log';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { policiesBelowFloor } from '../../obligations/ledger/policy-floors';
import { RefreshQueue } from '../../obligations/clocks/refresh-queue';
import { refreshSubtree } from '../../obligations/refresh-subtree';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import { requireFresh } from '../../platform/http/etag';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { Organisation } from './organisation.entity';

export type OrganisationFields = Pick<Organisation, 'code' | 'name' | 'kind'> & { nameEn?: string | null };

const FIELDS = ['code', 'name', 'nameEn', 'kind', 'parentId', 'sharesDetails'] as const;
type Edit = Partial<Pick<Organisation, (typeof FIELDS)[number]>>;

/** Writes of the organisation tree. PostgreSQL keeps its closure and refuses circles. */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly refreshQueue: RefreshQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * The first organisation of an empty installation: the one that the first administrator gets a role on.
   * @throws Problem 409 when there is one already.
   */
  async createRoot(m: EntityManager, fields: OrganisationFields): Promise<string> {
    await m.query(`SELECT pg_advisory_xact_lock(hashtext('organisation_closure'))`);
    if ((await m.count(Organisation)) > 0) throw new Problem(409, 'ORGANISATION_ROOT_EXISTS');
    return this.insert(m, null, { ...fields, parentId: null });
  }

  /** A new organisation below one that the person administers. Returns its id. */
  async create(actor: Actor, fields: OrganisationFields & { parentId: string }): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      await requireNamedOrganisation(m, actor, 'organisations:write', fields.parentId, 'parentId');
      return this.insert(m, actor, fields);
    });
  }

  /**
   * Changes an organisation; a new parent moves it with all that is below it, whose duties are then derived from the policy there.
   * @throws Problem 403 when the details are opened or closed by anybody but the agency's own administrator, 409 ORGANISATION_CYCLE, or POLICY_BELOW_FLOOR when a policy in force below would be laxer than the one above it.
   */
  async edit(actor: Actor, id: string, version: number, edit: Edit): Promise<void> {
    const refreshed = await this.dataSource.transaction(async (m) => {
      await requireOrganisation(m, actor, 'organisations:write', id);
      const before = await m.findOneByOrFail(Organisation, { id });
      const changed = FIELDS.filter((field) => edit[field] !== undefined && edit[field] !== before[field]);
      if (changed.includes('sharesDetails')) requireOwnAdministrator(actor, { ...before, ...edit });
      const moves = changed.includes('parentId');
      if (moves && edit.parentId)
        await requireNamedOrganisation(m, actor, 'organisations:write', edit.parentId, 'parentId');
      const after = Object.fromEntries(changed.map((field) => [field, edit[field]]));
      requireFresh(
        await m.update(
          Organisation,
          { id, rowVersion: version },
          { ...after, rowVersion: version + 1, updatedAt: this.clock.now() },
        ),
      );
      const record = { recordType: 'organisation', recordId: id, organisationId: id };
      const was = Object.fromEntries(changed.map((field) => [field, before[field]]));
      if (changed.length > 0)
        await this.audit.record(m, actor, { action: 'organisation.changed', ...record, before: was, after });
      return !moves || this.settle(m, id);
    });
    if (!refreshed) await this.refreshQueue.enqueue(id);
  }

  private async settle(m: EntityManager, movedId: string): Promise<boolean> {
    const [lax] = await policiesBelowFloor(m, movedId);
    if (lax) throw new Problem(409, 'POLICY_BELOW_FLOOR', { params: { organisation: lax.organisation.name } });
    return refreshSubtree(m, this.ledger, movedId);
  }

  private async insert(
    m: EntityManager,
    actor: Actor | null,
    { code, name, nameEn = null, kind, parentId }: OrganisationFields & { parentId: string | null },
  ): Promise<string> {
    const fields = { code, name, nameEn, kind, parentId };
    const id = newId();
    const now = this.clock.now();
    await m.insert(Organisation, { id, ...fields, createdAt: now, updatedAt: now });
    await this.audit.record(m, actor, {
      action: 'organisation.created',
      recordType: 'organisation',
      recordId: id,
      organisationId: id,
      after: fields,
    });
    return id;
  }
}

/** Whether `actor` administers the organisation itself, by a role on it and not on one above. */
export function isOwnAdministrator(actor: Actor, organisationId: string): boolean {
  return scopeOf(actor, 'organisations:write').organisationIds.includes(organisationId);
}

function requireOwnAdministrator(actor: Actor, { id, kind }: Pick<Organisation, 'id' | 'kind'>): void {
  if (kind !== 'AGENCY') throw fieldProblem(422, 'sharesDetails', 'NOT_AN_AGENCY');
  if (!isOwnAdministrator(actor, id)) throw new Problem(403, 'OWN_ADMINISTRATOR_ONLY');
}
