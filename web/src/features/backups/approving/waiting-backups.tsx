import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TierBadge } from '../../../ui/badge';
import { LinkButton } from '../../../ui/button';
import { useFormat } from '../../../ui/format/format';
import { Section } from '../../../ui/page';
import { usePermission } from '../../session/session';
import { allBackupsQuery } from '../backup-queries';

const MOST_COUNTED = 50;
const MOST_NAMED = 5;

/** The requirements that wait for an approval of the signed-in person: the first of them, and the way to all; nothing when there are none. */
export function WaitingBackups() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = usePermission();
  const waiting = useQuery({
    ...allBackupsQuery({ approvable: 'true', limit: MOST_COUNTED }),
    enabled: may('backups:approve'),
  });
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  const count = `${items.length}${waiting.data?.nextCursor ? '+' : ''}`;
  return (
    <Section title={t('mine.group', { name: t('approveMany.waiting'), count })}>
      <ul className="mb-3 divide-y divide-line border-y border-line">
        {items.slice(0, MOST_NAMED).map(({ id, systemId, system, dataset }) => (
          <li key={id} className="flex flex-wrap items-center gap-2 py-2">
            <Link
              to="/systems/$systemId/backups/$requirementId"
              params={{ systemId, requirementId: id }}
              className="text-link inline-flex min-h-6 items-center font-700"
            >
              {t('backups.dataOf', { system: format.name(system), dataset })}
            </Link>
            <TierBadge tier={system.tier} />
          </li>
        ))}
      </ul>
      <LinkButton to="/backups" search={{ approvable: 'true' }}>
        {t('approveMany.openWaiting')}
      </LinkButton>
    </Section>
  );
}
