import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../../access/actor';
import { requireNamedOrganisation } from '../../../access/references/organisation-reference';
import { organisationJson } from '../../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { AuditLog } from '../../../audit/audit-log';
import { Clock } from '../../../platform/clock/clock';
import { newId } from '../../../platform/database/id';
import { requireFresh } from '../../../platform/http/etag';
import { Problem } from '../../../platform/http/problem';
import { BUILT_IN_PROFILES } from '../built-in-profiles';
import type { CreateImportProfileRequest } from '../dto/import-profile.request';
import { ImportProfileList, ImportProfileResponse } from '../dto/import-profile.response';
import { ImportProfile } from '../import-profile.entity';

/** Named mappings: those that come with the product, and those of the organisations a person imports for. */
@Injectable()
export class ImportProfilesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<ImportProfileList> {
    const builtIn = BUILT_IN_PROFILES.map((profile) => ({ ...profile, builtIn: true, organisation: null, version: 1 }));
    return { items: [...builtIn, ...(await this.stored(actor))], nextCursor: null };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<ImportProfileResponse> {
    const { items } = await this.list(actor);
    const found = items.find((profile) => profile.id === id);
    if (!found) throw new Problem(404, 'NOT_FOUND');
    return found;
  }

  /** Keeps a mapping. Returns its id. @throws Problem 409 when the organisation has one of this name. */
  async create(actor: Actor, { name, mapping }: CreateImportProfileRequest): Promise<string> {
    const { organisationId } = mapping;
    return this.dataSource.transaction(async (m) => {
      await requireNamedOrganisation(m, actor, 'systems:import', organisationId, 'mapping.organisationId');
      const id = newId();
      const createdAt = this.clock.now();
      await m.insert(ImportProfile, {
        id,
        organisationId,
        name,
        mapping: mapping as never,
        createdById: actor.userId,
        createdAt,
      });
      await this.audit.record(m, actor, {
        action: 'import-profile.created',
        recordType: 'import-profile',
        recordId: id,
        organisationId,
        after: { name, mapping },
      });
      return id;
    });
  }

  /** @throws Problem 404 when it is not there or built in, 412 when `version` is not the present one. */
  async remove(actor: Actor, id: string, version: number): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const [profile] = await this.stored(actor, id);
      if (!profile) throw new Problem(404, 'NOT_FOUND');
      requireFresh(await m.delete(ImportProfile, { id, rowVersion: version }));
      await this.audit.record(m, actor, {
        action: 'import-profile.deleted',
        recordType: 'import-profile',
        recordId: id,
        organisationId: profile.organisation?.id,
        before: { name: profile.name },
      });
    });
  }

  private stored(actor: Actor, id: string | null = null): Promise<ImportProfileResponse[]> {
    const parameters = new SqlParameters();
    const scope = scopeCondition(scopeOf(actor, 'systems:import'), parameters, 'p.organisation_id');
    const wanted = parameters.bind(id);
    return this.dataSource.query<ImportProfileResponse[]>(
      `SELECT p.id, p.name, false AS "builtIn", ${organisationJson('o')} AS organisation, p.mapping, p.row_version AS version
       FROM import_profile p JOIN organisation o ON o.id = p.organisation_id
       WHERE ${scope} AND (${wanted}::uuid IS NULL OR p.id = ${wanted}) ORDER BY p.name, p.id`,
      parameters.values,
    );
  }
}
