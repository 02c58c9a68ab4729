import type { EntityManager } from 'typeorm';
import type { Actor } from '../../access/actor';
import type { AuditLog } from '../../audit/audit-log';
import type { CivilDate } from '../../core/time/civil-date';
import { changedFields, editSystemRow, type SystemFields, type SystemRow } from '../systems/system-row';
import { updateSystems } from '../systems/system-writer';

/**
 * Gives a locked system what was approved for it: a tier, which needs the id of its approved request, or targets. The caller derives anew
 * what the system owes.
 */
export async function grantTier(
  m: EntityManager,
  audit: AuditLog,
  actor: Actor,
  system: SystemRow,
  granted: Partial<Pick<SystemFields, 'tier' | 'mtdMinutes'>>,
  reference: Record<string, string>,
  now: Date,
  today: CivilDate,
): Promise<void> {
  const after = editSystemRow(system, granted, now, today);
  const changed = changedFields(system, after);
  if (changed.length === 0) return;
  await updateSystems(m, [after]);
  const part = (row: SystemRow): object => Object.fromEntries(changed.map((field) => [field, row[field]]));
  await audit.record(m, actor, {
    action: 'system.changed',
    recordType: 'system',
    recordId: system.id,
    organisationId: system.organisationId,
    before: { ...part(system) },
    after: { ...part(after), ...reference },
  });
}
