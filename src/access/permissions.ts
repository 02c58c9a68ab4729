import type { Role } from './role-assignment.entity';

/** Where a grant reaches: everything below the organisation of the role, or only systems that the person owns or deputises for. */
export type Reach = 'SUBTREE' | 'OWN';

/**
 * Who may do what: the one table that guards, SQL scopes and the web are made from. A role that is not named may not. An auditor
 * reads and never writes (domain.md section 2). `readiness:read` is counts and verdicts, without what they rest on;
 * `backup-evidence:write` is proof that backups run, hold and can be restored;
 * `inlets:write` is where tools report to, and not what is asked of the backups.
 */
export const PERMISSIONS = {
  'organisations:read': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'SUBTREE',
    BACKUP_OPERATOR: 'SUBTREE',
    AUDITOR: 'SUBTREE',
  },
  'organisations:write': { ADMIN: 'SUBTREE' },
  'users:read': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE', OWNER: 'SUBTREE', AUDITOR: 'SUBTREE' },
  'users:write': { ADMIN: 'SUBTREE' },
  'readiness:read': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'SUBTREE',
    AUDITOR: 'SUBTREE',
  },
  'systems:read': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'SUBTREE',
    BACKUP_OPERATOR: 'SUBTREE',
    CONTRIBUTOR: 'OWN',
    AUDITOR: 'SUBTREE',
  },
  'systems:create': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE', OWNER: 'SUBTREE' },
  'systems:write': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE', OWNER: 'OWN' },
  'tiers:approve': { CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE' },
  'high-tiers:lower': { CISO_OFFICE: 'SUBTREE' },
  'systems:import': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE' },
  'evidence:write': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'OWN',
    CONTRIBUTOR: 'OWN',
  },
  'backup-evidence:write': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'OWN',
    BACKUP_OPERATOR: 'SUBTREE',
    CONTRIBUTOR: 'OWN',
  },
  'procedures:read': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'SUBTREE',
    CONTRIBUTOR: 'OWN',
    AUDITOR: 'SUBTREE',
  },
  'procedures:write': { ADMIN: 'SUBTREE', MANAGER: 'SUBTREE', OWNER: 'OWN' },
  'procedures:approve': { CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE' },
  'backups:write': { ADMIN: 'SUBTREE', MANAGER: 'SUBTREE', OWNER: 'OWN' },
  'inlets:write': { ADMIN: 'SUBTREE', MANAGER: 'SUBTREE', OWNER: 'OWN', BACKUP_OPERATOR: 'SUBTREE' },
  'backups:approve': { CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE' },
  'backup-profiles:read': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'SUBTREE',
    BACKUP_OPERATOR: 'SUBTREE',
    AUDITOR: 'SUBTREE',
  },
  'backup-profiles:write': { ADMIN: 'SUBTREE', MANAGER: 'SUBTREE' },
  'waivers:request': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE', OWNER: 'OWN' },
  'waivers:approve': { CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE' },
  'improvements:write': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'OWN',
    CONTRIBUTOR: 'OWN',
  },
  'improvements:close': { CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE' },
  'advice:read': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'SUBTREE',
    AUDITOR: 'SUBTREE',
  },
  'advice:ask': { CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE', OWNER: 'SUBTREE' },
  'advice:answer': { CISO_OFFICE: 'SUBTREE' },
  'policies:read': {
    ADMIN: 'SUBTREE',
    CISO_OFFICE: 'SUBTREE',
    MANAGER: 'SUBTREE',
    OWNER: 'SUBTREE',
    AUDITOR: 'SUBTREE',
  },
  'policies:write': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE' },
  'reminders:read': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE', AUDITOR: 'SUBTREE' },
  'reports:read': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE', AUDITOR: 'SUBTREE' },
  'reports:write': { CISO_OFFICE: 'SUBTREE', MANAGER: 'SUBTREE' },
  'reports:acknowledge': { CISO_OFFICE: 'SUBTREE' },
  'audit:read': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE', AUDITOR: 'SUBTREE' },
  'audit:verify': { ADMIN: 'SUBTREE', AUDITOR: 'SUBTREE' },
  'security:read': { ADMIN: 'SUBTREE', CISO_OFFICE: 'SUBTREE', AUDITOR: 'SUBTREE' },
  'security:write': { ADMIN: 'SUBTREE' },
  'outbox:read': { ADMIN: 'SUBTREE' },
  'channels:write': { ADMIN: 'SUBTREE' },
  'queues:read': { ADMIN: 'SUBTREE' },
  'demo:clear': { ADMIN: 'SUBTREE' },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>;

export type Permission = keyof typeof PERMISSIONS;

/**
 * What reaches also into supervised agencies that keep their details to themselves: that they are there, what is asked of them, and the counts
 * of verdicts. Everything else stops at them.
 */
export const SUPERVISION: ReadonlySet<Permission> = new Set(['organisations:read', 'readiness:read', 'policies:read']);

/** How far `role` reaches with `permission`; null when it has none. */
export function reachOf(permission: Permission, role: Role): Reach | null {
  return (PERMISSIONS[permission] as Partial<Record<Role, Reach>>)[role] ?? null;
}
