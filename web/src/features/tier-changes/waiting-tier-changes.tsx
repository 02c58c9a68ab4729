import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/page';
import { usePermission } from '../session/session';
import { TierChangeList } from './tier-change-list';
import { waitingTierChangesQuery } from './tier-change-queries';

/** The requests that wait for a decision of the signed-in person; nothing when there are none. */
export function WaitingTierChanges() {
  const { t } = useTranslation();
  const may = usePermission();
  const waiting = useQuery({ ...waitingTierChangesQuery, enabled: may('tiers:approve') });
  const items = waiting.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t('mine.group', { name: t('tierChanges.waiting'), count: items.length })}>
      <TierChangeList changes={items} ofSystem />
    </Section>
  );
}
