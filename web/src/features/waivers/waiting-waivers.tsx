import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/button';
import { Section } from '../../ui/page';
import { usePermission } from '../session/session';
import { WaiverItem } from './waiver-item';
import { waiversQuery } from './waiver-queries';

const MOST_COUNTED = 50;
const MOST_SHOWN = 5;

/** The requests that wait for a decision of the signed-in person: the newest of them, and the way to all; nothing when there are none. */
export function WaitingWaivers() {
  const { t } = useTranslation();
  const may = usePermission();
  const waiting = useQuery({
    ...waiversQuery({ status: 'REQUESTED', limit: MOST_COUNTED }),
    enabled: may('waivers:approve'),
  });
  const items = (waiting.data?.items ?? []).filter(({ offered }) => offered.includes('approve'));
  if (items.length === 0) return null;
  const count = `${items.length}${waiting.data?.nextCursor ? '+' : ''}`;
  return (
    <Section title={t('mine.group', { name: t('waivers.waiting'), count })}>
      <ul className="mb-3 divide-y divide-line border-y border-line">
        {items.slice(0, MOST_SHOWN).map((waiver) => (
          <WaiverItem key={waiver.id} waiver={waiver} />
        ))}
      </ul>
      <LinkButton to="/waivers" search={{ status: 'REQUESTED' }}>
        {t('waivers.openWaiting')}
      </LinkButton>
    </Section>
  );
}
