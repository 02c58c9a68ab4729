import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionKind, EvidenceKind, Obligation, Permission } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { BackupApprovalDialog, BackupReviewDialog } from '../backups/backup-dialogs';
import { EvidenceDialog } from '../evidence/evidence-dialog';
import { ProcedureReviewDialog } from '../procedures/procedure-review-dialog';
import { ProcedureSteps } from '../procedures/procedure-steps';
import { ObligationIntro } from './obligation-intro';

const DECLARING: readonly ActionKind[] = ['DECLARE_BACKUP', 'AMEND_BACKUP'];
const OF_BACKUPS: readonly EvidenceKind[] = ['BACKUP', 'VERIFICATION', 'RESTORE_TEST'];

/** The permission without which proof of a kind is not asked for. */
export function neededToProve(kind: EvidenceKind): Permission {
  return OF_BACKUPS.includes(kind) ? 'backup-evidence:write' : 'evidence:write';
}

/** The permission without which an action is not offered. */
export function neededFor({ kind, evidenceKind }: Obligation['action']): Permission {
  if (DECLARING.includes(kind)) return 'backups:write';
  if (kind === 'CLOSE_IMPROVEMENT') return 'improvements:write';
  return evidenceKind ? neededToProve(evidenceKind) : 'evidence:write';
}

interface ClearObligationProps {
  obligation: Obligation;
  onClose: () => void;
}

/** The dialog that clears an obligation, chosen by its action. */
export function ClearObligation({ obligation, onClose }: ClearObligationProps) {
  const { t } = useTranslation();
  const { action, system } = obligation;
  if (!system) return null;
  const systemId = system.id;
  const requirementId = action.backupRequirementId ?? obligation.backupRequirement?.id ?? null;
  switch (action.kind) {
    case 'APPROVE_PROCEDURE':
      return (
        <Guide obligation={obligation} onClose={onClose}>
          <ProcedureSteps systemId={systemId} />
        </Guide>
      );
    case 'REVIEW_PROCEDURE':
      return <ProcedureReviewDialog systemId={systemId} obligation={obligation} onClose={onClose} />;
    case 'DECLARE_BACKUP':
      return (
        <Guide obligation={obligation} onClose={onClose}>
          <LinkButton look="primary" to="/systems/$systemId/backups/new" params={{ systemId }}>
            {t('backups.declare')}
          </LinkButton>
        </Guide>
      );
    case 'AMEND_BACKUP':
      return (
        <Guide obligation={obligation} onClose={onClose}>
          {requirementId && (
            <LinkButton
              look="primary"
              to="/systems/$systemId/backups/$requirementId/edit"
              params={{ systemId, requirementId }}
            >
              {t('backups.amend')}
            </LinkButton>
          )}
        </Guide>
      );
    case 'APPROVE_BACKUP':
      return requirementId ? (
        <BackupApprovalDialog
          systemId={systemId}
          requirementId={requirementId}
          obligation={obligation}
          onClose={onClose}
        />
      ) : null;
    case 'REVIEW_BACKUP':
      return requirementId ? (
        <BackupReviewDialog requirementId={requirementId} obligation={obligation} onClose={onClose} />
      ) : null;
    case 'CLOSE_IMPROVEMENT':
      return obligation.improvementItem ? (
        <Guide obligation={obligation} onClose={onClose}>
          <LinkButton look="primary" to="/improvements/$itemId" params={{ itemId: obligation.improvementItem.id }}>
            {t('actionKind.CLOSE_IMPROVEMENT')}
          </LinkButton>
        </Guide>
      ) : null;
    default:
      return (
        <EvidenceDialog
          systemId={systemId}
          kind={action.evidenceKind ?? 'ATTESTATION'}
          obligation={obligation}
          onClose={onClose}
        />
      );
  }
}

/** For what needs a page of its own: the way there. */
function Guide({ obligation, onClose, children }: ClearObligationProps & { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t(`actionKind.${obligation.action.kind}`)} onClose={onClose}>
      <ObligationIntro obligation={obligation} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button onPress={onClose}>{t('action.cancel')}</Button>
        {children}
      </div>
    </Dialog>
  );
}
