import type { ReactNode } from 'react';
import { linkOptions } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ActionKind, EvidenceKind, Obligation, Permission } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { BackupApprovalDialog, BackupReviewDialog } from '../backups/backup-dialogs';
import { EvidenceDialog } from '../evidence/evidence-dialog';
import { ProcedureReviewDialog } from '../procedures/procedure-review-dialog';
import { ProcedureSteps } from '../procedures/procedure-steps';
import { RequestWaiverDialog } from '../waivers/request-waiver-dialog';
import { AskOwnerDialog } from './ask-owner-dialog';
import { ObligationIntro } from './obligation-intro';
import { isRenewable } from './obligation-queries';

const OF_BACKUPS: readonly EvidenceKind[] = ['BACKUP', 'VERIFICATION', 'RESTORE_TEST'];

/** The permission without which proof of a kind is not asked for. */
export function neededToProve(kind: EvidenceKind): Permission {
  return OF_BACKUPS.includes(kind) ? 'backup-evidence:write' : 'evidence:write';
}

/** The permission without which an action is not offered. */
export function neededFor({ kind, evidenceKind }: Obligation['action']): Permission {
  return evidenceKind ? neededToProve(evidenceKind) : WAYS[kind].needs;
}

/** Whether the caller is led to what clears it. An improvement item has a page that says itself what may be done. */
export function mayClear({ improvementItem, allowed, action }: Obligation): boolean {
  return improvementItem !== null || allowed.includes(neededFor(action));
}

interface ClearObligationProps {
  obligation: Obligation;
  onClose: () => void;
}

interface Clearing extends ClearObligationProps {
  systemId: string;
  requirementId: string | null;
}

interface Way {
  /** For actions that no evidence is sent for. */
  needs: Permission;
  clear: (clearing: Clearing) => ReactNode;
}

const reviewed: Way['clear'] = ({ requirementId, ...rest }) =>
  requirementId && <BackupReviewDialog requirementId={requirementId} {...rest} />;
const approved: Way['clear'] = ({ requirementId, ...rest }) =>
  requirementId && <BackupApprovalDialog requirementId={requirementId} {...rest} />;
const proven: Way['clear'] = ({ systemId, obligation, onClose }) => (
  <EvidenceDialog
    systemId={systemId}
    kind={obligation.action.evidenceKind ?? 'ATTESTATION'}
    obligation={obligation}
    onClose={onClose}
  />
);
const guided =
  (next: (clearing: Clearing) => ReactNode): Way['clear'] =>
  (clearing) => <Guide {...clearing}>{next(clearing)}</Guide>;

/** Of each action: the dialog that clears its duties, or the one that leads to the page that does. A kind of action without a way does not compile. */
const WAYS: Record<ActionKind, Way> = {
  APPROVE_PROCEDURE: {
    needs: 'evidence:write',
    clear: guided(({ systemId }) => <ProcedureSteps systemId={systemId} />),
  },
  REVIEW_PROCEDURE: { needs: 'evidence:write', clear: (clearing) => <ProcedureReviewDialog {...clearing} /> },
  CONFIRM_CONTACTS: { needs: 'evidence:write', clear: proven },
  DECLARE_BACKUP: {
    needs: 'backups:write',
    clear: guided(({ systemId }) => (
      <Next word="backups.declare" page={linkOptions({ to: '/systems/$systemId/backups/new', params: { systemId } })} />
    )),
  },
  APPROVE_BACKUP: { needs: 'evidence:write', clear: approved },
  AMEND_BACKUP: {
    needs: 'backups:write',
    clear: guided(
      ({ systemId, requirementId }) =>
        requirementId && (
          <Next
            word="backups.amend"
            page={linkOptions({
              to: '/systems/$systemId/backups/$requirementId/edit',
              params: { systemId, requirementId },
            })}
          />
        ),
    ),
  },
  REVIEW_BACKUP: { needs: 'evidence:write', clear: reviewed },
  REVIEW_IMPORTANCE: { needs: 'evidence:write', clear: proven },
  SEND_EVIDENCE: { needs: 'evidence:write', clear: proven },
  CLOSE_IMPROVEMENT: {
    needs: 'improvements:write',
    clear: guided(
      ({ obligation: { improvementItem } }) =>
        improvementItem && (
          <Next
            word="actionKind.CLOSE_IMPROVEMENT"
            page={linkOptions({ to: '/improvements/$itemId', params: { itemId: improvementItem.id } })}
          />
        ),
    ),
  },
};

/** The dialog that clears an obligation, chosen by its action, or renews its waiver; for who may not, the one that says who does. */
export function ClearObligation({ obligation, onClose }: ClearObligationProps) {
  const { action, system, backupRequirement } = obligation;
  if (!system) return null;
  if (isRenewable(obligation)) return <RequestWaiverDialog obligation={obligation} onClose={onClose} />;
  if (!mayClear(obligation)) return <AskOwnerDialog systemId={system.id} obligation={obligation} onClose={onClose} />;
  const requirementId = action.backupRequirementId ?? backupRequirement?.id ?? null;
  return WAYS[action.kind].clear({ systemId: system.id, requirementId, obligation, onClose });
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

interface NextProps {
  word: 'backups.declare' | 'backups.amend' | 'actionKind.CLOSE_IMPROVEMENT';
  page: { to: string; params: object };
}

function Next({ word, page }: NextProps) {
  const { t } = useTranslation();
  return (
    <LinkButton look="primary" {...page}>
      {t(word)}
    </LinkButton>
  );
}
