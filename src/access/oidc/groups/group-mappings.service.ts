import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../../audit/audit-log';
import { newId } from '../../../platform/database/id';
import { Problem } from '../../../platform/http/problem';
import { type Actor, scopeOf } from '../../actor';
import { scopeCondition, SqlParameters } from '../../scope/scope-sql';
import type { GroupMappingDto } from './dto/group-mapping.dto';
import { GroupMapping } from './group-mapping.entity';

/** Which groups have which roles: edited by who may give those roles by hand. */
@Injectable()
export class GroupMappingsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  list(actor: Actor, m: EntityManager = this.dataSource.manager): Promise<GroupMappingDto[]> {
    const parameters = new SqlParameters();
    return m.query(
      `SELECT group_name AS "group", role, organisation_id AS "organisationId" FROM oidc_group_mapping
       WHERE ${scopeCondition(scopeOf(actor, 'users:write'), parameters, 'organisation_id')} ORDER BY 1, 2, 3`,
      parameters.values,
    );
  }

  /**
   * @throws Problem 422 when an organisation is not one in which the caller administers people, or when members of one group would audit where
   * they hold another role.
   */
  async replace(actor: Actor, mappings: readonly GroupMappingDto[]): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      await this.requireOrganisations(m, actor, mappings);
      await this.requireSeparateAuditors(m, mappings);
      // Two administrators at once: the second one replaces what the first one wrote, and does not add to it.
      await m.query('LOCK TABLE oidc_group_mapping IN SHARE ROW EXCLUSIVE MODE');
      const before = await this.list(actor, m);
      const parameters = new SqlParameters();
      await m.query(
        `DELETE FROM oidc_group_mapping
         WHERE ${scopeCondition(scopeOf(actor, 'users:write'), parameters, 'organisation_id')}`,
        parameters.values,
      );
      const rows = mappings.map(({ group, ...to }) => ({ ...to, id: newId(), groupName: group }));
      if (rows.length > 0) await m.insert(GroupMapping, rows);
      await this.audit.record(m, actor, {
        action: 'oidc.group_mappings_set',
        recordType: 'oidc',
        recordId: null,
        before: { mappings: before },
        after: { mappings },
      });
    });
  }

  private async requireSeparateAuditors(m: EntityManager, mappings: readonly GroupMappingDto[]): Promise<void> {
    const rows = (await m.query(
      `WITH mapped AS (SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[])
         WITH ORDINALITY AS one(group_name, role, organisation_id, place))
       SELECT DISTINCT a.place FROM mapped a JOIN mapped b ON a.group_name = b.group_name AND a.role = 'AUDITOR' AND b.role <> 'AUDITOR'
       JOIN organisation_closure c
         ON (c.ancestor_id, c.organisation_id) IN ((a.organisation_id, b.organisation_id), (b.organisation_id, a.organisation_id))
       ORDER BY 1`,
      [
        mappings.map(({ group }) => group),
        mappings.map(({ role }) => role),
        mappings.map(({ organisationId }) => organisationId),
      ],
    )) as { place: string }[];
    const errors = rows.map(({ place }) => ({
      field: `mappings[${Number(place) - 1}].role`,
      code: 'AUDITOR_ONLY_AUDITS',
    }));
    if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
  }

  private async requireOrganisations(
    m: EntityManager,
    actor: Actor,
    mappings: readonly GroupMappingDto[],
  ): Promise<void> {
    const parameters = new SqlParameters();
    const ids = mappings.map(({ organisationId }) => organisationId);
    const rows = (await m.query(
      `SELECT id FROM organisation WHERE id = ANY(${parameters.bind(ids)}::uuid[])
         AND ${scopeCondition(scopeOf(actor, 'users:write'), parameters, 'id')}`,
      parameters.values,
    )) as { id: string }[];
    const open = new Set(rows.map(({ id }) => id));
    const errors = ids.flatMap((id, index) =>
      open.has(id) ? [] : [{ field: `mappings[${index}].organisationId`, code: 'NOT_FOUND' }],
    );
    if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
  }
}
