import type { Permission } from '../../access/permissions';
import type { EvidenceKind } from '../../core/evidence/evidence';

const OF_BACKUPS: readonly EvidenceKind[] = ['BACKUP', 'VERIFICATION', 'RESTORE_TEST'];

/** What somebody needs to send proof of a kind: whoever runs backups proves them, and nothing else. */
export function permissionFor(kind: EvidenceKind): Permission {
  return OF_BACKUPS.includes(kind) ? 'backup-evidence:write' : 'evidence:write';
}
