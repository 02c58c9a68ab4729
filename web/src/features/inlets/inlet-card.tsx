import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { BackupRequirement, Inlet, IssuedInlet } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/feedback';
import { useDuration } from '../../ui/format/duration';
import { useFormat } from '../../ui/format/format';
import { Facts } from '../../ui/page';
import { announce } from '../../ui/toast';
import { useAllowed } from '../systems/use-allowed';
import { CommandDialog } from './command-dialog';
import { SizeDialog } from './size-dialog';
import { SubmissionsDialog } from './submissions-dialog';
import { EditDialog } from './writing/edit-dialog';

const LOOK = {
  ON_TIME: 'met',
  WAITING: 'none',
  RUNNING: 'none',
  LATE: 'soon',
  UNUSUAL: 'soon',
  MISSED: 'late',
  STUCK: 'late',
  FAILING: 'late',
} as const;

interface InletCardProps {
  systemId: string;
  requirement: BackupRequirement;
  inlet: Inlet;
}

/** One tool that reports: how it stands, what was last heard of it and what is expected next. */
export function InletCard({ systemId, requirement, inlet }: InletCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const may = useAllowed(systemId);
  const client = useQueryClient();
  const [open, setOpen] = useState<'submissions' | 'edit' | 'size' | 'rotate' | 'revoke' | null>(null);
  const [issued, setIssued] = useState<IssuedInlet | null>(null);
  const close = () => setOpen(null);
  const refresh = () => void client.invalidateQueries({ queryKey: ['inlets'] });
  const rotate = useMutation({
    mutationFn: () => api.post<IssuedInlet>(`/inlets/${inlet.id}/rotate`, { graceHours: 24 }),
    onSuccess: (next) => {
      close();
      setIssued(next);
      refresh();
    },
  });
  const revoke = useMutation({
    mutationFn: () => api.post(`/inlets/${inlet.id}/revoke`),
    onSuccess: () => {
      close();
      announce(t('inlets.revoked'));
      refresh();
    },
  });
  return (
    <li className="card grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h3>{inlet.name}</h3>
        <Tag look={LOOK[inlet.state]}>{t(`inlets.state.${inlet.state}`)}</Tag>
      </div>
      <p>{inlet.reason.text}</p>
      {inlet.lastRefusal && <p className="text-error">{inlet.lastRefusal}</p>}
      <Facts
        facts={[
          [t('inlets.tool'), inlet.tool ?? t('inlets.anyTool')],
          [t('inlets.lastSignal'), inlet.lastSignalAt ? format.instant(inlet.lastSignalAt) : t('inlets.none')],
          [t('inlets.nextDue'), inlet.nextDueAt ? format.instant(inlet.nextDueAt) : '—'],
          [
            t('inlets.schedule'),
            inlet.scheduleKind === 'INTERVAL' ? duration(inlet.schedule) : `${inlet.schedule} (${inlet.timeZone})`,
          ],
          [t('inlets.grace'), duration(inlet.grace)],
          [t('inlets.refused'), String(inlet.refused)],
          ...(inlet.ownNames.length > 0
            ? ([[t('inlets.ownNames'), inlet.ownNames.join(t('text.dot'))]] as [string, string][])
            : []),
          ...(inlet.copySite ? ([[t('inlets.copySite'), inlet.copySite]] as [string, string][]) : []),
          [t('inlets.address'), <code key="hint">{`${inlet.hint}…`}</code>],
        ]}
      />
      <div className="no-print flex flex-wrap gap-2">
        <Button onPress={() => setOpen('submissions')}>{t('inlets.messages')}</Button>
        {may('inlets:write') && (
          <>
            {inlet.state === 'UNUSUAL' && (
              <Button look="primary" onPress={() => setOpen('size')}>
                {t('inlets.acceptSize')}
              </Button>
            )}
            <Button onPress={() => setOpen('edit')}>{t('inlets.edit')}</Button>
            <Button onPress={() => setOpen('rotate')}>{t('inlets.rotate')}</Button>
            <Button look="danger" onPress={() => setOpen('revoke')}>
              {t('inlets.revoke')}
            </Button>
          </>
        )}
      </div>
      {(rotate.error ?? revoke.error) && <ProblemNotice error={rotate.error ?? revoke.error} />}
      {open === 'submissions' && <SubmissionsDialog inlet={inlet} onClose={close} />}
      {open === 'edit' && <EditDialog inlet={inlet} requirement={requirement} onClose={close} />}
      {open === 'size' && <SizeDialog inlet={inlet} onClose={close} />}
      {open === 'rotate' && (
        <ConfirmDialog
          title={t('inlets.rotate')}
          confirm={t('inlets.rotate')}
          look="primary"
          pending={rotate.isPending}
          onConfirm={() => rotate.mutate()}
          onCancel={close}
        >
          {t('inlets.rotateText')}
        </ConfirmDialog>
      )}
      {open === 'revoke' && (
        <ConfirmDialog
          title={t('inlets.revoke')}
          confirm={t('inlets.revoke')}
          pending={revoke.isPending}
          onConfirm={() => revoke.mutate()}
          onCancel={close}
        >
          {t('inlets.revokeText', { name: inlet.name })}
        </ConfirmDialog>
      )}
      {issued && <CommandDialog inlet={issued} onClose={() => setIssued(null)} />}
    </li>
  );
}
