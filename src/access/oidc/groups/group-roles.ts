import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../../audit/audit-log';
import { Clock } from '../../../platform/clock/clock';
import { newId } from '../../../platform/database/id';
import { type Role, RoleAssignment } from '../../role-assignment.entity';
import { MappedRole } from './mapped-role.entity';

interface HeldRole {
  role: Role;
  organisationId: string;
}

/** Gives and takes roles by the groups of a person. Roles that were given by hand are not touched. */
@Injectable()
export class GroupRoles {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Makes the roles that came by groups those of `groups`. @returns whether anything changed. */
  async synchronise(m: EntityManager, userId: string, groups: readonly string[]): Promise<boolean> {
    const taken = (await m.query(
      `DELETE FROM role_assignment r USING oidc_mapped_role mapped
       WHERE mapped.assignment_id = r.id AND r.user_id = $1 AND NOT EXISTS (SELECT FROM oidc_group_mapping g
         WHERE g.group_name = ANY($2) AND g.role = r.role AND g.organisation_id = r.organisation_id)
       RETURNING r.role, r.organisation_id AS "organisationId"`,
      [userId, groups],
    )) as [HeldRole[], number];
    const missing = (await m.query(
      `SELECT DISTINCT g.role, g.organisation_id AS "organisationId" FROM oidc_group_mapping g
       WHERE g.group_name = ANY($2) AND NOT EXISTS (SELECT FROM role_assignment r
         WHERE r.user_id = $1 AND r.role = g.role AND r.organisation_id = g.organisation_id)`,
      [userId, groups],
    )) as HeldRole[];
    const given = missing.map((held) => ({ ...held, id: newId(), userId, createdAt: this.clock.now() }));
    if (given.length > 0) {
      await m.insert(RoleAssignment, given);
      await m.insert(
        MappedRole,
        given.map(({ id }) => ({ assignmentId: id })),
      );
    }
    if (taken[0].length + missing.length === 0) return false;
    const event = { recordType: 'user', recordId: userId, before: { roles: taken[0] }, after: { roles: missing } };
    await this.audit.record(m, null, { action: 'user.roles_synchronised', ...event });
    return true;
  }
}

/** Writes the roles of a person anew by `write`; those of them that came by a group still do afterwards. */
export async function keepingMarks<T>(m: EntityManager, userId: string, write: () => Promise<T>): Promise<T> {
  const marked = (await m.query(
    `SELECT r.role, r.organisation_id AS "organisationId" FROM role_assignment r
     JOIN oidc_mapped_role mapped ON mapped.assignment_id = r.id WHERE r.user_id = $1`,
    [userId],
  )) as HeldRole[];
  const result = await write();
  await m.query(
    `INSERT INTO oidc_mapped_role (assignment_id)
     SELECT r.id FROM role_assignment r
     JOIN unnest($2::text[], $3::uuid[]) AS was (role, organisation_id) USING (role, organisation_id)
     WHERE r.user_id = $1 ON CONFLICT DO NOTHING`,
    [userId, marked.map(({ role }) => role), marked.map(({ organisationId }) => organisationId)],
  );
  return result;
}
