import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ApproveMany, ApprovedOrRefused } from '../../../api/types';
import { Button } from '../../../ui/button';
import { Notice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';

/** What became of each requirement, those that were not approved first. */
export function ApprovalOutcome({ outcome, onClose }: { outcome: ApproveMany; onClose: () => void }) {
  const { t } = useTranslation();
  const { approved, refused, items } = outcome;
  const turned = items.flatMap(({ affected }) => affected).filter(({ fromState, toState }) => fromState !== toState);
  const left = items.filter(({ refusal }) => refusal !== null);
  const done = items.filter(({ refusal }) => refusal === null);
  return (
    <div className="grid gap-4">
      <div role="status">
        <Notice look={refused === 0 ? 'success' : 'warning'} title={t('approveMany.done', { count: approved })}>
          {turned.length > 0 && <p>{t('evidence.turned', { count: turned.length })}</p>}
          {refused > 0 && <p>{t('approveMany.left', { count: refused })}</p>}
        </Notice>
      </div>
      <div className="max-h-96 overflow-y-auto" tabIndex={0} role="region" aria-label={t('approveMany.outcome')}>
        <Requirements title={t('approveMany.refused')} items={left} />
        <Requirements title={t('approveMany.approved')} items={done} />
      </div>
      <div className="flex justify-end">
        <Button look="primary" autoFocus onPress={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </div>
  );
}

function Requirements({ title, items }: { title: string; items: ApprovedOrRefused[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (items.length === 0) return null;
  return (
    <section className="mb-4 last:mb-0">
      <h3>{title}</h3>
      <ul className="divide-y divide-line">
        {items.map(({ id, system, dataset, refusal }) => (
          <li key={id} className="py-2">
            <Link
              to="/systems/$systemId/backups/$requirementId"
              params={{ systemId: system.id, requirementId: id }}
              className="text-link inline-flex min-h-6 items-center"
            >
              {t('backups.dataOf', { system: format.name(system), dataset })}
            </Link>
            {refusal && <span className="block">{refusal.message}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
