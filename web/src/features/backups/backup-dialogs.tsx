import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Affected, BackupRequirement } from '../../api/types';
import type { Obligation } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Loaded, Notice } from '../../ui/feedback';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { AffectedList } from '../evidence/affected-list';
import { ReviewForm } from '../evidence/review-form';
import { ObligationIntro } from '../obligations/obligation-intro';
import { useAllowed } from '../systems/use-allowed';
import { refreshSystem } from '../systems/system-queries';
import { BackupFacts } from './backup-facts';
import { BackupFindings } from './backup-findings';
import { backupQuery } from './backup-queries';

interface BackupDialogProps {
  requirementId: string;
  obligation: Obligation | null;
  onClose: () => void;
}

/** Shows what a requirement asks for, to the one who approves it. */
export function BackupApprovalDialog({
  systemId,
  requirementId,
  obligation,
  onClose,
}: BackupDialogProps & { systemId: string }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const requirement = useQuery(backupQuery(requirementId));
  const [affected, setAffected] = useState<Affected[] | null>(null);
  if (affected) {
    return (
      <Dialog title={t('backups.approve')} onClose={onClose}>
        <AffectedList done={t('backups.approved')} affected={affected} />
        <div className="mt-6 flex justify-end">
          <Button look="primary" autoFocus onPress={onClose}>
            {t('action.close')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('backups.approve')} onClose={onClose}>
      {obligation && <ObligationIntro obligation={obligation} />}
      <Loaded query={requirement}>
        {({ value }) => (
          <div className="grid gap-6">
            <h3>{value.dataset}</h3>
            <BackupFindings
              findings={value.findings}
              title={
                value.findings.some(({ gating }) => gating)
                  ? t('backups.approveShort')
                  : t('backups.findings', { count: value.findings.length })
              }
            />
            <BackupFacts requirement={value} />
            {may('backups:approve') && !value.ownRequest ? (
              <ApprovalForm requirement={value} onApproved={setAffected} onClose={onClose} />
            ) : (
              <>
                <Notice>{t('backups.askApprover')}</Notice>
                {may('backups:write') && (
                  <div>
                    <LinkButton
                      to="/systems/$systemId/backups/$requirementId/edit"
                      params={{ systemId, requirementId }}
                    >
                      {t('backups.amend')}
                    </LinkButton>
                  </div>
                )}
              </>
            )}
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

interface ApprovalFormProps {
  requirement: BackupRequirement;
  onApproved: (affected: Affected[]) => void;
  onClose: () => void;
}

function ApprovalForm({ requirement, onApproved, onClose }: ApprovalFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { comment: '' },
    save: ({ comment }) =>
      api.post<{ affected?: Affected[] }>(`/backup-requirements/${requirement.id}/approve`, comment ? { comment } : {}),
    onSaved: (answer) => {
      void refreshSystem(client);
      onApproved(answer.affected ?? []);
    },
  });
  const labels = { comment: t('procedures.comment') };
  return (
    <Form {...form} labels={labels} onSubmit={form.submit} submit={t('backups.approveSubmit')} onCancel={onClose}>
      <TextField {...form.bind('comment')} label={labels.comment} rows={2} />
    </Form>
  );
}

/** Records that an approved requirement was reviewed. */
export function BackupReviewDialog({ requirementId, obligation, onClose }: BackupDialogProps) {
  const { t } = useTranslation();
  const requirement = useQuery(backupQuery(requirementId));
  return (
    <Dialog title={t('actionKind.REVIEW_BACKUP')} onClose={onClose}>
      <Loaded query={requirement}>
        {({ value }) => (
          <ReviewForm
            subjects={[{ id: value.id, label: value.dataset, path: `/backup-requirements/${value.id}/reviews` }]}
            intro={
              <div className="mb-6">
                {obligation && <ObligationIntro obligation={obligation} />}
                <BackupFacts requirement={value} />
              </div>
            }
            onClose={onClose}
          />
        )}
      </Loaded>
    </Dialog>
  );
}
