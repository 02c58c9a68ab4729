import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { Organisation } from '../../registry/organisations/organisation.entity';
import { RoleAssignment } from '../role-assignment.entity';
import { isCommon } from '../sign-in/common-passwords';
import { hashPassword, newPassword, SHORTEST_PASSWORD } from '../sign-in/passwords';
import { User } from '../user.entity';
import { removeFactors } from './factor-reset.service';

/** Why nobody was made an administrator, in one line. */
export class AdminRefused extends Error {}

export interface FirstAdmin {
  email: string;
  name: string;
  /** Code of the organisation to administer; the topmost one when absent. */
  organisation?: string;
  /** Name of the organisation to make when there is none yet. */
  organisationName?: string;
  /** One is made when absent. */
  password?: string;
}

/**
 * Makes somebody an administrator from the command line, as the first one must be: a new person, or one that is known already.
 * @returns the organisation's name, and the password when one was made
 * @throws AdminRefused when the organisation is not clear or the password is too short.
 */
export async function createFirstAdmin(
  app: INestApplicationContext,
  { email, name, organisation: code, organisationName, password }: FirstAdmin,
): Promise<{ organisation: string; password: string | null }> {
  if (password !== undefined && password.length < SHORTEST_PASSWORD)
    throw new AdminRefused(`The password needs at least ${SHORTEST_PASSWORD} characters`);
  if (password !== undefined && (await isCommon(password, [email, name])))
    throw new AdminRefused('The password is among the first that somebody would try');
  const made = password === undefined ? newPassword() : null;
  const passwordHash = await hashPassword(password ?? (made as string));
  const timeZone = app.get(Config).TZ_DEFAULT;
  const createdAt = app.get(Clock).now();
  return app.get(DataSource).transaction(async (m) => {
    const organisation = await organisationFor(m, code, organisationName);
    const account = email.trim().toLowerCase();
    const known = await m.findOneBy(User, { email: account });
    const userId = known?.id ?? newId();
    if (known) await m.update(User, { id: userId }, { passwordHash, active: true, rowVersion: known.rowVersion + 1 });
    if (known) await removeFactors(m, userId);
    else await m.insert(User, { id: userId, email: account, displayName: name, passwordHash, timeZone, createdAt });
    const role = { userId, role: 'ADMIN', organisationId: organisation.id } as const;
    if (!(await m.existsBy(RoleAssignment, role))) await m.insert(RoleAssignment, { id: newId(), ...role, createdAt });
    await app.get(AuditLog, { strict: false }).record(m, null, {
      action: 'user.made_administrator',
      recordType: 'user',
      recordId: userId,
      organisationId: organisation.id,
      after: { email: account },
    });
    return { organisation: organisation.name, password: made };
  });
}

/** Whether anybody administers anything yet. */
export function hasAdmin(app: INestApplicationContext): Promise<boolean> {
  return app.get(DataSource).getRepository(RoleAssignment).existsBy({ role: 'ADMIN' });
}

async function organisationFor(m: EntityManager, code?: string, name?: string): Promise<Organisation> {
  const roots = await m.findBy(Organisation, { parentId: IsNull() });
  const found = code ? await m.findOneBy(Organisation, { code }) : roots.length === 1 ? roots[0] : null;
  if (found) return found;
  if (roots.length > 0) throw new AdminRefused('Say with --organisation CODE which organisation to administer');
  if (!name) throw new AdminRefused('There is no organisation yet: name the topmost one with --organisation-name');
  const row = { id: newId(), code: code ?? 'ROOT', name, kind: 'MINISTRY' as const };
  await m.insert(Organisation, row);
  return m.findOneByOrFail(Organisation, { id: row.id });
}
