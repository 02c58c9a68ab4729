import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BackupRequirement } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { CheckField } from '../../ui/form/choice';
import { useFormat } from '../../ui/format/format';
import { useAllowed } from '../systems/use-allowed';
import { BackupApprovalDialog, BackupReviewDialog } from './backup-dialogs';
import { BackupFacts } from './backup-facts';
import { BackupFindings } from './backup-findings';
import { backupLook } from './backup-look';
import { OriginNote } from './origin-note';
import { backupsQuery } from './backup-queries';

/** What must be saved of a system, and who approved it. */
export function BackupsTab({ systemId }: { systemId: string }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const [withdrawn, setWithdrawn] = useState(false);
  const backups = useQuery(backupsQuery(systemId, withdrawn));
  const declare = may('backups:write') && (
    <LinkButton look="primary" icon="plus" to="/systems/$systemId/backups/new" params={{ systemId }}>
      {t('backups.declare')}
    </LinkButton>
  );
  return (
    <Loaded query={backups}>
      {({ items }) => (
        <>
          <div className="no-print mb-4 flex flex-wrap items-center gap-x-5 gap-y-2">
            {items.length > 0 && declare}
            <CheckField value={withdrawn} onChange={setWithdrawn}>
              {t('backups.withWithdrawn')}
            </CheckField>
            {/* The file holds what is in force. */}
            {items.length > 0 && !withdrawn && <ExportMenu path="/backup-requirements" filters={{ systemId }} />}
          </div>
          {items.length === 0 ? (
            <EmptyState title={t('backups.empty')} action={declare}>
              {t('backups.emptyText')}
            </EmptyState>
          ) : (
            <ul className="grid gap-4">
              {items.map((requirement) => (
                <BackupCard key={requirement.id} systemId={systemId} requirement={requirement} />
              ))}
            </ul>
          )}
        </>
      )}
    </Loaded>
  );
}

function BackupCard({ systemId, requirement }: { systemId: string; requirement: BackupRequirement }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useAllowed(systemId);
  const [open, setOpen] = useState<'approve' | 'review' | null>(null);
  const approved = requirement.status === 'APPROVED';
  const { withdrawnOn } = requirement;
  const close = () => setOpen(null);
  return (
    <li className="card grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h3>
          <Link
            to="/systems/$systemId/backups/$requirementId"
            params={{ systemId, requirementId: requirement.id }}
            className="text-link inline-flex min-h-6 items-center"
          >
            {requirement.dataset}
          </Link>
        </h3>
        <Tag look={backupLook(requirement)}>{t(`backupStatus.${requirement.status}`)}</Tag>
        {withdrawnOn && <Tag>{t('backups.withdrawnOn', { date: format.date(withdrawnOn) })}</Tag>}
        {requirement.approvedAt && (
          <span className="text-[0.9375rem] text-soft">
            {t('procedures.approvedBy', {
              name: requirement.approvedBy?.displayName ?? '—',
              at: format.instant(requirement.approvedAt),
            })}
          </span>
        )}
      </div>
      <OriginNote requirement={requirement} />
      <BackupFindings findings={requirement.findings} />
      <BackupFacts requirement={requirement} />
      <p className="text-[0.9375rem] text-soft">
        {t('procedures.lastReviewed', { date: format.date(requirement.lastReviewedOn) })}
      </p>
      <div className="no-print flex flex-wrap gap-2">
        <LinkButton
          to="/systems/$systemId/backups/$requirementId/runs"
          params={{ systemId, requirementId: requirement.id }}
        >
          {t('inlets.open')}
        </LinkButton>
        {!withdrawnOn && !approved && may('backups:approve') && !requirement.ownRequest && (
          <Button look="primary" onPress={() => setOpen('approve')}>
            {t('backups.approve')}
          </Button>
        )}
        {!withdrawnOn && approved && may('evidence:write') && (
          <Button onPress={() => setOpen('review')}>{t('backups.review')}</Button>
        )}
        {!withdrawnOn && may('backups:write') && (
          <LinkButton
            to="/systems/$systemId/backups/$requirementId/edit"
            params={{ systemId, requirementId: requirement.id }}
          >
            {t('backups.amend')}
          </LinkButton>
        )}
      </div>
      {open === 'approve' && (
        <BackupApprovalDialog systemId={systemId} requirementId={requirement.id} obligation={null} onClose={close} />
      )}
      {open === 'review' && <BackupReviewDialog requirementId={requirement.id} obligation={null} onClose={close} />}
    </li>
  );
}
