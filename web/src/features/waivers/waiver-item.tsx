import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Waiver } from '../../api/types';
import { Tag, TierBadge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { useFormat } from '../../ui/format/format';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { WithdrawDialog } from '../../ui/form/withdraw-dialog';
import { announce } from '../../ui/toast';
import { History } from '../audit/history';
import { refreshSystem } from '../systems/system-queries';

type Commented = 'approve' | 'reject' | 'revoke';
const COMMENTED: readonly Commented[] = ['approve', 'reject', 'revoke'];

/** A waiver with its reasons, and what the signed-in person may do about it. */
export function WaiverItem({ waiver }: { waiver: Waiver }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [open, setOpen] = useState<Commented | 'withdraw' | null>(null);
  const [history, setHistory] = useState(false);
  const close = () => setOpen(null);
  const named = (step: Waiver['offered'][number]) => ({
    children: t(`waivers.decide.${step}`),
    'aria-label': t('waivers.of', {
      step: t(`waivers.decide.${step}`),
      rule: waiver.ruleTitle,
      system: format.name(waiver.system),
    }),
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-4 py-4">
      <WaiverFacts waiver={waiver} />
      <div className="no-print flex flex-wrap gap-2">
        {COMMENTED.filter((step) => waiver.offered.includes(step)).map((step) => (
          <Button
            key={step}
            look={step === 'approve' ? 'primary' : step === 'revoke' ? 'danger' : 'secondary'}
            onPress={() => setOpen(step)}
            {...named(step)}
          />
        ))}
        {waiver.offered.includes('withdraw') && <Button onPress={() => setOpen('withdraw')} {...named('withdraw')} />}
        <Button
          look="quiet"
          aria-expanded={history}
          aria-label={t('waivers.of', {
            step: t('audit.history'),
            rule: waiver.ruleTitle,
            system: format.name(waiver.system),
          })}
          onPress={() => setHistory(!history)}
        >
          {t('audit.history')}
        </Button>
      </div>
      {history && (
        <div className="w-full">
          <History systemId={waiver.system.id} recordId={waiver.id} />
        </div>
      )}
      {open === 'withdraw' && (
        <WithdrawDialog
          path={`/waivers/${waiver.id}/withdraw`}
          title={t('waivers.title.withdraw')}
          text={t('waivers.withdrawText')}
          done={t('waivers.done.withdraw')}
          onDone={() => void refreshSystem(client)}
          onClose={close}
        />
      )}
      {open && open !== 'withdraw' && <DecideDialog waiver={waiver} decision={open} onClose={close} />}
    </li>
  );
}

function WaiverFacts({ waiver }: { waiver: Waiver }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { system, organisation, status, inForce, renewals, requestedBy, decidedBy, revokedBy } = waiver;
  const isOver = status === 'APPROVED' && !inForce;
  // Nothing that is waived is met, and so it has not its colour.
  const look = status === 'REQUESTED' ? 'soon' : inForce ? 'waived' : 'none';
  return (
    <div className="grid min-w-0 flex-1 gap-1">
      <h3>
        {waiver.ruleTitle}
        {waiver.dataset && t('obligations.ofDataset', { dataset: waiver.dataset })}
      </h3>
      <p className="flex flex-wrap items-center gap-2">
        <Tag look={look}>{t(isOver ? 'waivers.over' : `waiverStatus.${status}`)}</Tag>
        {t('waivers.until', { date: format.date(waiver.expiresOn) })}
        {renewals > 0 && <Tag look="soon">{t('waivers.renewed', { count: renewals })}</Tag>}
      </p>
      <p className="flex flex-wrap items-center gap-2">
        <Link
          to="/systems/$systemId"
          params={{ systemId: system.id }}
          className="text-link inline-flex min-h-6 items-center"
        >
          {format.name(system)}
        </Link>
        <TierBadge tier={system.tier} />
        <span className="text-soft">{format.name(organisation)}</span>
      </p>
      <dl className="grid gap-1">
        <Fact title={t('waivers.reason')} text={waiver.reason} />
        <Fact title={t('waivers.compensatingMeasure')} text={waiver.compensatingMeasure} />
        {waiver.evidence && <Fact title={t('waivers.evidence')} text={waiver.evidence} />}
        {waiver.comment && <Fact title={t('procedures.comment')} text={waiver.comment} />}
      </dl>
      <p className="text-[0.875rem] text-soft">
        {t('waivers.requestedBy', { name: requestedBy.displayName, at: format.instant(waiver.requestedAt) })}
        {decidedBy && status !== 'WITHDRAWN' && (
          <span className="block">
            {t('waivers.decidedBy', { name: decidedBy.displayName, at: format.instant(waiver.decidedAt) })}
          </span>
        )}
        {revokedBy && (
          <span className="block">
            {t('waivers.revokedBy', { name: revokedBy.displayName, at: format.instant(waiver.revokedAt) })}
          </span>
        )}
      </p>
    </div>
  );
}

function Fact({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <dt className="text-[0.875rem] text-soft">{title}</dt>
      <dd className="whitespace-pre-wrap">{text}</dd>
    </div>
  );
}

/** Approves, rejects or revokes; all but the approval say why. */
function DecideDialog({ waiver, decision, onClose }: { waiver: Waiver; decision: Commented; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { comment: '' },
    required: () => (decision === 'approve' ? [] : ['comment']),
    save: ({ comment }) => api.post(`/waivers/${waiver.id}/${decision}`, comment ? { comment } : {}),
    onSaved: () => {
      announce(t(`waivers.done.${decision}`));
      void refreshSystem(client);
      onClose();
    },
  });
  const labels = { comment: t(decision === 'approve' ? 'procedures.comment' : 'waivers.why') };
  return (
    <Dialog title={t(`waivers.title.${decision}`)} onClose={onClose}>
      <div className="mb-6">
        <WaiverFacts waiver={waiver} />
      </div>
      <Form
        {...form}
        labels={labels}
        onSubmit={form.submit}
        submit={t(`waivers.decide.${decision}`)}
        onCancel={onClose}
      >
        <TextField {...form.bind('comment')} label={labels.comment} rows={2} />
      </Form>
    </Dialog>
  );
}
