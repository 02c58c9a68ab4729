import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { requireFresh } from '../../platform/http/etag';
import { Problem } from '../../platform/http/problem';
import { type Actor, scopeOf } from '../actor';
import { keepingMarks } from '../oidc/groups/group-roles';
import { type Role, RoleAssignment } from '../role-assignment.entity';
import { scopeCondition, SqlParameters } from '../scope/scope-sql';
import { requireUncommon } from '../sign-in/common-passwords';
import { hashPassword } from '../sign-in/passwords';
import { SessionsService } from '../sessions/sessions.service';
import { endTokensOf } from '../tokens/tokens.service';
import { User } from '../user.entity';
import { requireSeparateAuditor } from './auditor-duties';
import { administeredBy, requireAdmins, requireManageable, requireVisible } from './managed-people';

export interface NewUser {
  email: string;
  displayName: string;
  locale?: 'ja' | 'en';
  timeZone?: string;
  password?: string;
  roles?: readonly GrantedRole[];
}

export interface GrantedRole {
  role: Role;
  organisationId: string;
}

export type UserChanges = Partial<Pick<User, 'email' | 'displayName' | 'locale' | 'timeZone' | 'active'>>;

/**
 * People and their roles. An administrator of some organisations may give roles there to anybody seen, and may change the account of people
 * all of whose roles are there: else the administrator of an agency could set the password of the ministry's.
 */
@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async create(actor: Actor, { password, roles = [], ...person }: NewUser): Promise<string> {
    if (password !== undefined) await requireUncommon(password, [person.email, person.displayName], 'password');
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const facts = {
      locale: 'ja' as const,
      timeZone: this.config.TZ_DEFAULT,
      ...defined(person),
      email: person.email.toLowerCase(),
    };
    const now = this.clock.now();
    const id = newId();
    return this.dataSource.transaction(async (m) => {
      await this.requireGrantable(m, actor, roles);
      await m.insert(User, { ...facts, id, passwordHash, createdAt: now, updatedAt: now });
      await this.insertRoles(m, actor, id, roles);
      const after = { ...facts, canSignIn: passwordHash !== null, roles };
      await this.audit.record(m, actor, { action: 'user.created', recordType: 'user', recordId: id, after });
      return id;
    });
  }

  /** Changes an account; what is absent stays. Closing it ends its sessions and its API tokens. */
  async change(actor: Actor, id: string, version: number, changes: UserChanges): Promise<void> {
    const after = defined({ ...changes, email: changes.email?.toLowerCase() });
    await this.dataSource.transaction(async (m) => {
      await requireManageable(m, actor, id);
      const administered = await administeredBy(m, id);
      const before = await m.findOneByOrFail(User, { id });
      await this.update(m, id, version, after);
      if (after.active === false) {
        await this.sessions.endAll(m, id);
        await endTokensOf(m, id);
      }
      await requireAdmins(m, administered);
      await this.audit.record(m, actor, {
        action: 'user.changed',
        recordType: 'user',
        recordId: id,
        before: Object.fromEntries(Object.keys(after).map((name) => [name, before[name as keyof User]])),
        after,
      });
    });
  }

  /** Sets a password, or takes the sign-in away with null; every session of the person ends. */
  async setPassword(actor: Actor, id: string, version: number, password: string | null): Promise<void> {
    const passwordHash = password === null ? null : await hashPassword(password);
    await this.dataSource.transaction(async (m) => {
      await requireManageable(m, actor, id);
      const { email, displayName } = await m.findOneByOrFail(User, { id });
      if (password !== null) await requireUncommon(password, [email, displayName], 'password');
      const administered = await administeredBy(m, id);
      await this.update(m, id, version, { passwordHash });
      await this.sessions.endAll(m, id);
      await requireAdmins(m, administered);
      const after = { canSignIn: passwordHash !== null };
      await this.audit.record(m, actor, { action: 'user.password_set', recordType: 'user', recordId: id, after });
    });
  }

  /** Gives the person exactly these roles in the actor's organisations; roles elsewhere stay as they are. Who holds others now signs in anew. */
  async setRoles(actor: Actor, id: string, version: number, roles: readonly GrantedRole[]): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      await requireVisible(m, actor, id);
      await this.requireGrantable(m, actor, roles);
      const administered = await administeredBy(m, id);
      await this.update(m, id, version, {});
      const parameters = new SqlParameters();
      const before = await keepingMarks(m, id, async () => {
        const [removed] = (await m.query(
          `DELETE FROM role_assignment WHERE user_id = ${parameters.bind(id)}
             AND ${scopeCondition(scopeOf(actor, 'users:write'), parameters, 'organisation_id')}
           RETURNING role, organisation_id AS "organisationId"`,
          parameters.values,
        )) as [GrantedRole[], number];
        await this.insertRoles(m, actor, id, roles);
        return removed;
      });
      if (!sameRoles(before, roles)) await this.sessions.endAll(m, id, actor.userId === id ? actor.sessionId : null);
      await requireAdmins(m, administered);
      await this.audit.record(m, actor, {
        action: 'user.roles_set',
        recordType: 'user',
        recordId: id,
        before: { roles: before },
        after: { roles },
      });
    });
  }

  private async update(m: EntityManager, id: string, version: number, changes: Partial<User>): Promise<void> {
    const next = { ...changes, rowVersion: version + 1, updatedAt: this.clock.now() };
    requireFresh(await m.update(User, { id, rowVersion: version }, next));
  }

  private async insertRoles(
    m: EntityManager,
    actor: Actor,
    userId: string,
    roles: readonly GrantedRole[],
  ): Promise<void> {
    if (roles.length === 0) return;
    await requireSeparateAuditor(m, actor, userId, roles);
    const createdAt = this.clock.now();
    await m.insert(
      RoleAssignment,
      roles.map(({ role, organisationId }) => ({ id: newId(), userId, role, organisationId, createdAt })),
    );
  }

  private async requireGrantable(m: EntityManager, actor: Actor, roles: readonly GrantedRole[]): Promise<void> {
    const parameters = new SqlParameters();
    const ids = roles.map(({ organisationId }) => organisationId);
    const rows = (await m.query(
      `SELECT id FROM organisation WHERE id = ANY(${parameters.bind(ids)}::uuid[])
         AND ${scopeCondition(scopeOf(actor, 'users:write'), parameters, 'id')}`,
      parameters.values,
    )) as { id: string }[];
    const open = new Set(rows.map(({ id }) => id));
    const errors = ids.flatMap((id, index) =>
      open.has(id) ? [] : [{ field: `roles[${index}].organisationId`, code: 'NOT_FOUND' }],
    );
    if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
  }
}

function sameRoles(before: readonly GrantedRole[], after: readonly GrantedRole[]): boolean {
  const keys = (roles: readonly GrantedRole[]): string =>
    roles
      .map(({ role, organisationId }) => `${role} ${organisationId}`)
      .sort()
      .join();
  return keys(before) === keys(after);
}

function defined<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
