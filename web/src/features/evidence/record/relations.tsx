import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EvidenceDetail, EvidenceRef } from '../../../api/types';
import { StateBadge } from '../../../ui/badge';
import { useFormat } from '../../../ui/format/format';
import { Icon } from '../../../ui/icon';
import { Facts } from '../../../ui/page';

/** The obligations that changed when it was first counted. */
export function Turned({ evidence: { systemId, turned } }: { evidence: EvidenceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (turned.length === 0) return <p className="text-soft">{t('record.turnedNothing')}</p>;
  return (
    <ul className="divide-y divide-line">
      {turned.map(({ obligationId, ruleTitle, fromState, toState, at }) => (
        <li key={obligationId} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
          <Link
            to="/systems/$systemId"
            params={{ systemId }}
            search={{ tab: 'obligations' }}
            className="text-link font-700"
          >
            {ruleTitle}
          </Link>
          <span className="inline-flex flex-wrap items-center gap-2">
            {fromState && (
              <>
                <StateBadge state={fromState} />
                <Icon name="right" className="size-4" />
                <span className="sr-only">{t('evidence.becomes')}</span>
              </>
            )}
            <StateBadge state={toState} />
          </span>
          <span className="text-[0.875rem] text-soft">{format.instant(at)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What it stands in place of, and what stands in its place. */
export function Corrections({ evidence: { supersedes, supersededBy } }: { evidence: EvidenceDetail }) {
  const { t } = useTranslation();
  if (supersedes.length === 0 && !supersededBy) return <p className="text-soft">{t('record.noCorrections')}</p>;
  return (
    <Facts
      facts={[
        ...(supersededBy ? [[t('record.supersededBy'), <RecordLink key="by" record={supersededBy} />] as never] : []),
        ...(supersedes.length > 0
          ? [
              [
                t('record.supersedes'),
                <ul key="of">
                  {supersedes.map((each) => (
                    <li key={each.id}>
                      <RecordLink record={each} />
                    </li>
                  ))}
                </ul>,
              ] as never,
            ]
          : []),
      ]}
    />
  );
}

function RecordLink({ record: { id, outcome, performedAt, recordedAt } }: { record: EvidenceRef }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Link to="/evidence/$evidenceId" params={{ evidenceId: id }} className="text-link inline-flex min-h-6 items-center">
      {t('record.other', {
        outcome: t(`domain:outcome.${outcome}`),
        at: format.instant(performedAt),
        recorded: format.instant(recordedAt),
      })}
    </Link>
  );
}
