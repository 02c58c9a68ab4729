import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Obligation } from '../../api/types';
import { StateBadge, Tag } from '../../ui/badge';
import { Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Clause } from '../policies/tier-terms';
import { Snoozing } from '../reminders/snoozing/snoozing';
import { ObligationReminders } from '../reminders/obligation-reminders';
import { ObligationActions } from './obligation-actions';
import { transitionsQuery } from './obligation-queries';

/** One obligation: state and date, why, who, and the way to clear it. `ofSystem`: the system is named too. */
export function ObligationRow({ obligation, ofSystem = false }: { obligation: Obligation; ofSystem?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [history, setHistory] = useState(false);
  const { id, system, ruleTitle, backupRequirement, state, dueOn, gating, owner, reason, since } = obligation;
  const { improvementItem } = obligation;
  return (
    <li className="grid gap-x-6 gap-y-2 py-4 md:grid-cols-[15rem_1fr_auto]">
      <div className="grid content-start gap-1">
        <StateBadge state={state} />
        <span className="text-[0.875rem]">
          {dueOn ? t('obligations.due', { date: format.date(dueOn) }) : t('obligations.noDue')}
        </span>
      </div>
      <div className="min-w-0">
        <h3>
          {improvementItem ? (
            <Link to="/improvements/$itemId" params={{ itemId: improvementItem.id }} className="text-link">
              {ruleTitle}
            </Link>
          ) : (
            ruleTitle
          )}
          {backupRequirement && t('obligations.ofDataset', { dataset: backupRequirement.dataset })}
          {gating && (
            <span className="ms-2 align-middle">
              <Tag>{t('obligations.gating')}</Tag>
            </span>
          )}
        </h3>
        <Clause clause={obligation.clause} edition={obligation.edition} />
        {ofSystem && !system && <p>{format.name(obligation.organisation)}</p>}
        {ofSystem && system && (
          <Link
            to="/systems/$systemId"
            params={{ systemId: system.id }}
            className="text-link inline-flex min-h-6 items-center"
          >
            {format.name(system)}
          </Link>
        )}
        <p>{reason.text}</p>
        <Snoozing obligation={obligation} />
        <p className="text-[0.875rem] text-soft">
          {ofSystem && (
            <span className="me-4">{t('obligations.owner', { name: owner?.displayName ?? t('systems.noOwner') })}</span>
          )}
          {since && t('obligations.since', { at: format.instant(since) })}
          <button
            type="button"
            aria-expanded={history}
            className="text-link no-print ms-3 min-h-6 cursor-pointer"
            onClick={() => setHistory(!history)}
          >
            {t('obligations.history')}
          </button>
        </p>
        {history && (
          <>
            <History obligationId={id} />
            <ObligationReminders obligationId={id} />
          </>
        )}
      </div>
      <ObligationActions obligation={obligation} />
    </li>
  );
}

function History({ obligationId }: { obligationId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const transitions = useQuery(transitionsQuery(obligationId));
  return (
    <Loaded query={transitions}>
      {({ items }) => (
        <ol className="mt-2 grid gap-1 border-s-2 border-line ps-3 text-[0.875rem]">
          {items.length === 0 && <li>{t('obligations.noHistory')}</li>}
          {items.map(({ id, at, toState, evidenceId }) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <time dateTime={at}>{format.instant(at)}</time>
              <StateBadge state={toState} />
              {evidenceId && (
                <Link
                  to="/evidence/$evidenceId"
                  params={{ evidenceId }}
                  aria-label={t('obligations.restsOnAt', { at: format.instant(at) })}
                  className="text-link inline-flex min-h-6 items-center"
                >
                  {t('obligations.restsOn')}
                </Link>
              )}
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
