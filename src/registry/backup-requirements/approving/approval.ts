import type { Actor } from '../../../access/actor';
import { countCopies } from '../../../core/evidence/copy-facts';
import type { NewEvidence } from '../../../obligations/evidence-intake';
import type { BackupRequirement } from '../backup-requirement.entity';

/** Why a requirement is not approved by `actor`: it is already, or they have written it since it was last approved. */
export function notToApprove(
  actor: Actor,
  { status, authorId, writerIds }: Pick<BackupRequirement, 'status' | 'authorId' | 'writerIds'>,
): 'BACKUP_REQUIREMENT_APPROVED' | 'OWN_REQUEST' | null {
  if (status === 'APPROVED') return 'BACKUP_REQUIREMENT_APPROVED';
  return [authorId, ...writerIds].includes(actor.userId) ? 'OWN_REQUEST' : null;
}

/** The proof that an approval is, and what is on record of it. */
export function approvalOf(
  actor: Actor,
  { id, systemId, dataset, copies }: Pick<BackupRequirement, 'id' | 'systemId' | 'dataset' | 'copies'>,
  comment: string | null,
  performedAt: Date,
): { proof: NewEvidence; facts: Record<string, unknown> } {
  const copyFacts = countCopies(copies);
  return {
    proof: {
      ...{ systemId, backupRequirementId: id, subject: 'BACKUP_REQUIREMENT', strength: 'DECLARED', source: 'WORKFLOW' },
      ...{ kind: 'APPROVAL', outcome: 'PASSED', performerId: actor.userId, performedAt, copyFacts },
      note: [dataset, comment].filter(Boolean).join('\n'),
    },
    facts: { status: 'APPROVED', comment, ...copyFacts },
  };
}
