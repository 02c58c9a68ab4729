import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ProcedureSummary } from '../../api/types';
import { Tag } from '../../ui/badge';
import { LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { useAllowed } from '../systems/use-allowed';
import { proceduresQuery } from './procedure-queries';

/** The recovery procedures of a system: the version in force, the one being written, the last review. */
export function ProceduresTab({ systemId }: { systemId: string }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const procedures = useQuery(proceduresQuery(systemId));
  const write = may('procedures:write') && (
    <LinkButton look="primary" icon="plus" to="/systems/$systemId/procedures/new" params={{ systemId }}>
      {t('procedures.write')}
    </LinkButton>
  );
  return (
    <Loaded query={procedures}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t('procedures.empty')} action={write}>
            {t('procedures.emptyText')}
          </EmptyState>
        ) : (
          <>
            <div className="no-print mb-4">{write}</div>
            <ul className="grid gap-4">
              {items.map((procedure) => (
                <ProcedureCard key={procedure.id} systemId={systemId} procedure={procedure} />
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}

function ProcedureCard({ systemId, procedure }: { systemId: string; procedure: ProcedureSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useAllowed(systemId);
  const { title, current, draft, lastReviewedOn } = procedure;
  const newest = draft ?? current;
  return (
    <li className="card grid gap-2">
      <h3>{title}</h3>
      {current ? (
        <p>
          <Tag look="met">{t('procedures.inForce')}</Tag>{' '}
          <Link
            to="/systems/$systemId/procedures/$versionId"
            params={{ systemId, versionId: current.versionId }}
            className="text-link inline-flex min-h-6 items-center"
          >
            {t('procedures.version', { version: current.version })}
          </Link>{' '}
          {t('procedures.approvedBy', {
            name: current.approvedBy?.displayName ?? '—',
            at: format.instant(current.approvedAt),
          })}
        </p>
      ) : (
        <p>
          <Tag look="late">{t('procedures.notApproved')}</Tag>
        </p>
      )}
      {draft && (
        <p>
          <Tag look="soon">{t(`procedureStatus.${draft.status}`)}</Tag>{' '}
          <Link
            to="/systems/$systemId/procedures/$versionId"
            params={{ systemId, versionId: draft.versionId }}
            className="text-link inline-flex min-h-6 items-center"
          >
            {t('procedures.version', { version: draft.version })}
          </Link>
        </p>
      )}
      <p className="text-[0.9375rem] text-soft">
        {t('procedures.lastReviewed', { date: format.date(lastReviewedOn) })}
      </p>
      {newest && may('procedures:write') && (
        <div className="no-print">
          <LinkButton
            to="/systems/$systemId/procedures/$versionId/edit"
            params={{ systemId, versionId: newest.versionId }}
          >
            {t('procedures.revise')}
          </LinkButton>
        </div>
      )}
    </li>
  );
}
