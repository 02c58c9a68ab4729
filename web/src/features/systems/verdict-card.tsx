import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { metCount } from '../../api/met-count';
import type { Readiness } from '../../api/types';
import { StateBadge, VerdictBadge } from '../../ui/badge';
import { LinkButton } from '../../ui/button';
import { Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { neededFor } from '../obligations/clear-obligation';
import { clearingPlace } from '../obligations/clearing-place';
import { EffectiveVerdict } from './effective-verdict';
import { useAllowed } from './use-allowed';
import { systemReadinessQuery } from './system-queries';

const MOST_REASONS = 5;

/** The verdict, the sentence that explains it, and the one next action; the reasons where there is room for them. */
export function VerdictCard({ systemId, withReasons }: { systemId: string; withReasons: boolean }) {
  const { t } = useTranslation();
  const readiness = useQuery(systemReadinessQuery(systemId));
  return (
    <section aria-label={t('verdict.title')} className="card mb-8">
      <Loaded query={readiness}>{(data) => <Verdict readiness={data} withReasons={withReasons} />}</Loaded>
    </section>
  );
}

function Verdict({ readiness, withReasons }: { readiness: Readiness; withReasons: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useAllowed(readiness.systemId);
  const { systemId, verdict, sentence, reasons, nextAction, counts, percentMet, policy, asOf, effective } = readiness;
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2>{t('verdict.title')}</h2>
        <VerdictBadge verdict={verdict} />
        {counts.applicable > 0 && (
          <span className="text-[0.9375rem] text-soft">
            {t('verdict.met', {
              met: metCount(counts),
              applicable: counts.applicable,
              percent: format.percent(percentMet),
            })}
          </span>
        )}
      </div>
      <p className="text-[1.0625rem]">{sentence.text}</p>
      {effective && <EffectiveVerdict effective={effective} />}
      {nextAction && (
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-8 bg-tint px-4 py-3">
          <p>
            <b>{t('verdict.next')}</b>
            <span className="ms-3">
              {t('obligations.actOn', {
                rule: nextAction.ruleTitle,
                action: t(`actionKind.${nextAction.action.kind}`),
              })}
            </span>
          </p>
          {may(neededFor(nextAction.action)) && (
            <LinkButton look="primary" {...clearingPlace({ obligationId: nextAction.obligationId, systemId })}>
              {t('verdict.act')}
            </LinkButton>
          )}
        </div>
      )}
      {withReasons && reasons.length > 0 && (
        <div>
          <h3 className="mb-1">{t('verdict.reasons')}</h3>
          <ul className="divide-y divide-line">
            {reasons.slice(0, MOST_REASONS).map((reason) => (
              <li key={reason.obligationId} className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[9rem_1fr]">
                <StateBadge state={reason.state} />
                <span>
                  <Link
                    {...clearingPlace({ obligationId: reason.obligationId, systemId })}
                    className="text-link font-700"
                  >
                    {reason.ruleTitle}
                  </Link>
                  <span className="block text-[0.9375rem]">
                    {reason.reason.text}
                    {reason.who && t('verdict.who', { name: reason.who.displayName })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          {reasons.length > MOST_REASONS && (
            <p className="text-[0.9375rem] text-soft">{t('verdict.more', { count: reasons.length - MOST_REASONS })}</p>
          )}
        </div>
      )}
      <p className="text-[0.875rem] text-soft">
        {t('readiness.asOf', { at: format.instant(asOf) })}
        {policy && (
          <Link
            to="/policies/$policyId"
            params={{ policyId: policy.id }}
            className="text-link ms-4 inline-flex min-h-6 items-center"
          >
            {t('verdict.policy', { organisation: policy.organisationName, version: policy.version })}
          </Link>
        )}
      </p>
    </div>
  );
}
