import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { BackupRequirement } from '../../api/types';
import { StateBadge, Tag, TierBadge } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { ConfirmDialog, Dialog } from '../../ui/dialog';
import { Notice, ProblemNotice } from '../../ui/feedback';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { useFormat } from '../../ui/format/format';
import { PageHeader, Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { History } from '../audit/history';
import { NewestEvidence } from '../evidence/record/newest-evidence';
import { LoadedPage } from '../shell/loaded-page';
import { refreshSystem } from '../systems/system-queries';
import { useAllowed } from '../systems/use-allowed';
import { BackupApprovalDialog, BackupReviewDialog } from './backup-dialogs';
import { BackupFacts } from './backup-facts';
import { BackupFindings } from './backup-findings';
import { backupLook } from './backup-look';
import { backupQuery } from './backup-queries';
import { OriginNote } from './origin-note';

const route = getRouteApi('/shell/systems/$systemId/backups/$requirementId');
type Open = 'approve' | 'review' | 'detach' | 'withdraw';

export function BackupPage() {
  const { requirementId } = route.useParams();
  const requirement = useQuery(backupQuery(requirementId));
  return <LoadedPage query={requirement}>{({ value }) => <Page requirement={value} />}</LoadedPage>;
}

/** One backup requirement: what it asks for, what it lacks, when it is to be reviewed, and what became of it. */
function Page({ requirement }: { requirement: BackupRequirement }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, systemId, system, status, withdrawnOn, findings, review } = requirement;
  const may = useAllowed(systemId);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const approved = status === 'APPROVED';
  const inForce = withdrawnOn === null;
  const crumbs = [
    <Link key="backups" to="/backups" className="text-link">
      {t('backups.title')}
    </Link>,
    <Link key="system" to="/systems/$systemId" params={{ systemId }} search={{ tab: 'backups' }} className="text-link">
      {format.name(system)}
    </Link>,
  ];
  return (
    <>
      <PageHeader title={requirement.dataset} crumbs={crumbs}>
        <p className="mt-1 flex flex-wrap items-center gap-3">
          <TierBadge tier={system.tier} />
          <Tag look={backupLook(requirement)}>{t(`backupStatus.${status}`)}</Tag>
          {withdrawnOn && <Tag>{t('backups.withdrawnOn', { date: format.date(withdrawnOn) })}</Tag>}
          {requirement.approvedAt && (
            <span className="text-soft">
              {t('procedures.approvedBy', {
                name: requirement.approvedBy?.displayName ?? '—',
                at: format.instant(requirement.approvedAt),
              })}
            </span>
          )}
        </p>
      </PageHeader>
      <div className="mb-8 grid gap-4">
        <BackupFindings findings={findings} />
        {inForce && findings.length === 0 && <Notice look="success" title={t('backups.checkPassed')} />}
        <OriginNote requirement={requirement} />
        {inForce && <Steps requirement={requirement} onOpen={setOpen} />}
      </div>
      <Section title={t('backups.terms')}>
        <BackupFacts requirement={requirement} />
      </Section>
      <Section title={t('backups.reviewTitle')}>
        <div className="grid gap-3">
          <p className="flex flex-wrap items-center gap-3">
            {review ? (
              <StateBadge state={review.state} dueOn={review.dueOn} />
            ) : (
              t(inForce ? 'backups.noReview' : 'backups.noReviewAnyMore')
            )}
            <span className="text-soft">
              {t('procedures.lastReviewed', { date: format.date(requirement.lastReviewedOn) })}
            </span>
          </p>
          {requirement.changedOn && !approved && (
            <p>{t('backups.reopened', { date: format.date(requirement.changedOn) })}</p>
          )}
          {inForce && approved && may('evidence:write') && (
            <div className="no-print">
              <Button onPress={() => setOpen('review')}>{t('backups.stillRight')}</Button>
            </div>
          )}
        </div>
      </Section>
      <NewestEvidence systemId={systemId} requirementId={id} inForce={inForce} />
      <Section title={t('backups.history')}>
        <History systemId={systemId} recordId={id} />
      </Section>
      {open === 'approve' && (
        <BackupApprovalDialog systemId={systemId} requirementId={id} obligation={null} onClose={close} />
      )}
      {open === 'review' && <BackupReviewDialog requirementId={id} obligation={null} onClose={close} />}
      {open === 'detach' && <DetachDialog requirement={requirement} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog requirement={requirement} onClose={close} />}
    </>
  );
}

function Steps({ requirement, onOpen }: { requirement: BackupRequirement; onOpen: (step: Open) => void }) {
  const { t } = useTranslation();
  const { id, systemId, status, ownRequest, profile } = requirement;
  const may = useAllowed(systemId);
  return (
    <div className="no-print flex flex-wrap gap-2">
      {status === 'DRAFT' && may('backups:approve') && !ownRequest && (
        <Button look="primary" onPress={() => onOpen('approve')}>
          {t('backups.approve')}
        </Button>
      )}
      {may('backups:write') && (
        <>
          <LinkButton to="/systems/$systemId/backups/$requirementId/edit" params={{ systemId, requirementId: id }}>
            {t('backups.amend')}
          </LinkButton>
          {profile?.follows && <Button onPress={() => onOpen('detach')}>{t('backups.detach')}</Button>}
          <Button look="danger" onPress={() => onOpen('withdraw')}>
            {t('backups.withdraw')}
          </Button>
        </>
      )}
    </div>
  );
}

function DetachDialog({ requirement, onClose }: { requirement: BackupRequirement; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const detach = useMutation({
    mutationFn: () => api.post(`/backup-requirements/${requirement.id}/detach`, {}),
    onSuccess: () => {
      announce(t('backups.detached'));
      void refreshSystem(client);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t('backups.detach')}
      confirm={t('backups.detach')}
      pending={detach.isPending}
      onConfirm={() => detach.mutate()}
      onCancel={onClose}
    >
      <p>{t('backups.detachText', { name: requirement.profile?.name ?? '' })}</p>
      {detach.error && <ProblemNotice error={detach.error} />}
    </ConfirmDialog>
  );
}

function WithdrawDialog({ requirement, onClose }: { requirement: BackupRequirement; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { reason: '' },
    required: () => ['reason'],
    save: (body) => api.post(`/backup-requirements/${requirement.id}/withdraw`, body),
    onSaved: () => {
      announce(t('backups.withdrawn'));
      void refreshSystem(client);
      onClose();
    },
  });
  const labels = { reason: t('backups.withdrawReason') };
  return (
    <Dialog title={t('backups.withdraw')} onClose={onClose}>
      <p className="mb-4">{t('backups.withdrawText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('backups.withdraw')} onCancel={onClose}>
        <TextField {...form.bind('reason')} label={labels.reason} />
      </Form>
    </Dialog>
  );
}
