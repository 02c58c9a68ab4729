import { type Actor, scopeOf } from '../actor';
import type { Permission } from '../permissions';
import { scopeCondition, SqlParameters } from './scope-sql';

/** What may be done with one system and its records; reading is left out, since who is answered may read. */
const ON_SYSTEMS: readonly Permission[] = [
  ...(['systems:write', 'tiers:approve', 'high-tiers:lower', 'evidence:write', 'backup-evidence:write'] as const),
  ...(['waivers:request', 'improvements:write'] as const),
  ...([
    'procedures:read',
    'procedures:write',
    'procedures:approve',
    'backups:write',
    'backups:approve',
    'inlets:write',
  ] as const),
];

/** SQL of the list of permissions that `actor` has on a joined `system s`: pages offer nothing else. */
export function allowedOnSystem(actor: Actor, parameters: SqlParameters): string {
  const held = ON_SYSTEMS.map((permission) => {
    const scope = scopeOf(actor, permission);
    return `CASE WHEN ${scopeCondition(scope, parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id'])}
      THEN ${parameters.bind(permission)}::text END`;
  });
  return `array_remove(ARRAY[${held.join(', ')}], NULL)`;
}
