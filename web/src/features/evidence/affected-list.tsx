import { useTranslation } from 'react-i18next';
import type { Affected } from '../../api/types';
import { StateBadge } from '../../ui/badge';
import { Notice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';

interface AffectedListProps {
  /** What was done, as a sentence. */
  done: string;
  affected: Affected[];
}

/** What a proof turned, and until when. */
export function AffectedList({ done, affected }: AffectedListProps) {
  const { t } = useTranslation();
  const turned = affected.filter(({ fromState, toState }) => fromState !== toState);
  const worse = affected.some(({ toState }) => toState === 'FAILED' || toState === 'OVERDUE');
  const stillMet = turned.length === 0 && affected.length > 0 && affected.every(({ toState }) => toState === 'MET');
  const said = stillMet ? t('evidence.stillMet') : t('evidence.turnedNothing');
  return (
    <div role="status" className="grid gap-4">
      <Notice look={(turned.length > 0 || stillMet) && !worse ? 'success' : 'warning'} title={done}>
        <p>{turned.length > 0 ? t('evidence.turned', { count: turned.length }) : said}</p>
      </Notice>
      <ul className="divide-y divide-line">
        {affected.map(({ obligationId, ruleTitle, fromState, toState, dueOn }) => (
          <li key={obligationId} className="py-2">
            <span className="mb-1 block font-700">{ruleTitle}</span>
            <span className="inline-flex flex-wrap items-center gap-2">
              {fromState && (
                <>
                  <StateBadge state={fromState} />
                  <Icon name="right" className="size-4" />
                  <span className="sr-only">{t('evidence.becomes')}</span>
                </>
              )}
              <StateBadge state={toState} />
              {dueOn && <NextDue dueOn={dueOn} />}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function NextDue({ dueOn }: { dueOn: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <span className="text-[0.875rem]">{t('obligations.nextDue', { date: format.date(dueOn) })}</span>;
}
