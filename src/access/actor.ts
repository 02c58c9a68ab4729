import type { Calendar } from '../platform/messages/format';
import { Permission, PERMISSIONS, reachOf, SUPERVISION } from './permissions';
import type { Role } from './role-assignment.entity';

/** Who is asking: a signed-in person with the roles held, or the service itself for what no person asked for. */
export interface Actor {
  userId: string;
  locale: 'ja' | 'en';
  timeZone: string;
  /** In which the person reads years; Gregorian when absent. */
  calendar?: Calendar;
  roles: readonly { role: Role; organisationId: string }[];
  requestId: string | null;
  /** The browser session that asks; absent for programs and for the service itself. */
  sessionId?: string;
  /** The API token that acts for the person: the permissions it was given. Absent in a session. */
  token?: { id: string; scopes: readonly string[] };
}

/** What an SQL scope is made of: the organisations whose subtrees are open, and whether only own systems are. */
export interface Scope {
  /** Roots of the subtrees that are open without condition. */
  organisationIds: readonly string[];
  /** Roots of the subtrees in which only the person's own systems are open. */
  ownWithinIds: readonly string[];
  userId: string;
  /** Whether it reaches also into agencies that keep their details to themselves. */
  intoClosed: boolean;
}

/** The scope of one permission for one person; both lists are empty when the person has it nowhere. */
export function scopeOf(actor: Actor, permission: Permission): Scope {
  if (actor.token && !actor.token.scopes.includes(permission))
    return { organisationIds: [], ownWithinIds: [], userId: actor.userId, intoClosed: false };
  const rootsWith = (reach: 'SUBTREE' | 'OWN'): string[] =>
    actor.roles.filter(({ role }) => reachOf(permission, role) === reach).map(({ organisationId }) => organisationId);
  return {
    organisationIds: rootsWith('SUBTREE'),
    ownWithinIds: rootsWith('OWN'),
    userId: actor.userId,
    intoClosed: SUPERVISION.has(permission),
  };
}

/** The same scope without what agencies keep to themselves, where counts and details are read by one permission. */
export function detailsOf(scope: Scope): Scope {
  return { ...scope, intoClosed: false };
}

/** Whether the person has the permission anywhere at all; the query's scope decides where. */
export function hasAnywhere(actor: Actor, permission: Permission): boolean {
  const { organisationIds, ownWithinIds } = scopeOf(actor, permission);
  return organisationIds.length > 0 || ownWithinIds.length > 0;
}

/** Every permission the person has somewhere; the web hides what is not in it. */
export function permissionsOf(actor: Actor): Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => hasAnywhere(actor, permission));
}

/** What sentences for the person are worded with: language, zone and calendar. */
export function wordingOf({ locale, timeZone, calendar }: Actor): Pick<Actor, 'locale' | 'timeZone' | 'calendar'> {
  return { locale, timeZone, ...(calendar && { calendar }) };
}
