import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { ApproveMany, BackupRequirement, BackupTerms } from '../../../api/types';
import { TierBadge } from '../../../ui/badge';
import { Dialog } from '../../../ui/dialog';
import { Notice } from '../../../ui/feedback';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { useFormat } from '../../../ui/format/format';
import { refreshSystem } from '../../systems/system-queries';
import { BackupFacts } from '../backup-facts';
import { FindingList } from '../backup-findings';
import { ApprovalOutcome } from './approval-outcome';

interface Props {
  requirements: BackupRequirement[];
  onApproved: () => void;
  onClose: () => void;
}

/** What is to be approved, terms that are alike once; then what was approved, and what was not and why. */
export function ApproveManyDialog({ requirements, onApproved, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<ApproveMany | null>(null);
  const form = useForm({
    initial: { comment: '' },
    save: ({ comment }) =>
      api.post<ApproveMany>('/backup-requirements/approve', {
        requirements: requirements.map(({ id, version }) => ({ id, version })),
        ...(comment && { comment }),
      }),
    onSaved: (answer) => {
      void refreshSystem(client);
      setOutcome(answer);
      onApproved();
    },
  });
  const labels = { comment: t('procedures.comment') };
  const title = t('approveMany.title', { count: requirements.length });
  if (outcome)
    return (
      <Dialog title={title} onClose={onClose}>
        <ApprovalOutcome outcome={outcome} onClose={onClose} />
      </Dialog>
    );
  const short = requirements.filter(({ findings }) => findings.some(({ gating }) => gating)).length;
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        {...form}
        labels={labels}
        onSubmit={form.submit}
        submit={t('approveMany.submit', { count: requirements.length })}
        onCancel={onClose}
      >
        {short > 0 && <Notice look="warning" title={t('approveMany.short', { count: short })} />}
        <div
          className="max-h-96 overflow-y-auto rounded-8 border border-line p-3"
          tabIndex={0}
          role="region"
          aria-label={t('approveMany.preview')}
        >
          {alike(requirements).map((group) => (
            <AlikeRequirements key={group[0]?.id} requirements={group} />
          ))}
        </div>
        <TextField {...form.bind('comment')} label={labels.comment} hint={t('approveMany.commentHint')} rows={2} />
      </Form>
    </Dialog>
  );
}

function AlikeRequirements({ requirements }: { requirements: BackupRequirement[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first] = requirements;
  if (!first) return null;
  return (
    <section className="mb-6 grid gap-3 last:mb-0">
      <h3>{t('approveMany.alike', { count: requirements.length })}</h3>
      <BackupFacts requirement={first} />
      <ul className="divide-y divide-line border-t border-line">
        {requirements.map(({ id, system, dataset, findings }) => (
          <li key={id} className="py-2">
            <p className="flex flex-wrap items-center gap-2">
              {t('backups.dataOf', { system: format.name(system), dataset })} <TierBadge tier={system.tier} />
            </p>
            <FindingList findings={findings} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Those with the same terms together, the most alike first. */
function alike(requirements: readonly BackupRequirement[]): BackupRequirement[][] {
  const groups = new Map<string, BackupRequirement[]>();
  for (const requirement of requirements) {
    const terms = termsKey(requirement);
    groups.set(terms, [...(groups.get(terms) ?? []), requirement]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function termsKey(terms: BackupTerms): string {
  const { method, interval, rpo, retention, generations, copies, verificationCadence, restoreTestCadence } = terms;
  return JSON.stringify([
    ...[method, interval, rpo, retention, generations, verificationCadence, restoreTestCadence],
    copies.map(({ site, medium, offsite, offline, immutable, encrypted, account }) => [
      ...[site, medium, offsite, offline, immutable, encrypted, account],
    ]),
  ]);
}
