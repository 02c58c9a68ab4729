import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Affected, Evidence } from '../../api/types';
import type { EvidenceKind, Obligation } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ObligationIntro } from '../obligations/obligation-intro';
import { refreshSystem } from '../systems/system-queries';
import { AffectedList } from './affected-list';
import { EvidenceForm } from './evidence-form';

interface EvidenceDialogProps {
  systemId: string;
  kind: EvidenceKind;
  obligation: Obligation | null;
  supersedes?: Evidence;
  onClose: () => void;
}

/** Takes the proof of one obligation and then says what it turned. */
export function EvidenceDialog({ systemId, kind, obligation, supersedes, onClose }: EvidenceDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [affected, setAffected] = useState<Affected[] | null>(null);
  const title = t(supersedes ? 'evidence.supersedeTitle' : 'evidence.sendTitle', {
    kind: t(`domain:evidenceKind.${kind}`),
  });
  return (
    <Dialog title={title} onClose={onClose}>
      {affected ? (
        <>
          <AffectedList done={t('evidence.recorded')} affected={affected} />
          <div className="mt-6 flex justify-end">
            <Button look="primary" autoFocus onPress={onClose}>
              {t('action.close')}
            </Button>
          </div>
        </>
      ) : (
        <>
          {obligation && <ObligationIntro obligation={obligation} />}
          {kind === 'RESTORE_TEST' && !supersedes && (
            <p className="mb-4">
              <LinkButton
                to="/systems/$systemId/restore-tests/new"
                params={{ systemId }}
                search={obligation?.backupRequirement ? { requirement: obligation.backupRequirement.id } : {}}
              >
                {t('restoreTest.withChecks')}
              </LinkButton>
            </p>
          )}
          <EvidenceForm
            systemId={systemId}
            kind={kind}
            obligation={obligation}
            supersedes={supersedes}
            onCancel={onClose}
            onSent={(sent) => {
              setAffected(sent.affected);
              void refreshSystem(client);
            }}
          />
        </>
      )}
    </Dialog>
  );
}
