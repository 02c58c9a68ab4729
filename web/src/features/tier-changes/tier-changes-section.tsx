import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import { Button } from '../../ui/button';
import { Loaded } from '../../ui/feedback';
import { Section } from '../../ui/page';
import { RequestTierDialog } from './tier-change-dialogs';
import { TierChangeList } from './tier-change-list';
import { tierChangesQuery } from './tier-change-queries';

/** What was asked about the tier of a system, and the way to ask. */
export function TierChangesSection({ system }: { system: System }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const changes = useQuery(tierChangesQuery(system.id));
  const mayAsk = system.allowed.includes('systems:write') && system.lifecycle !== 'RETIRED';
  return (
    <Section title={t('tierChanges.heading')}>
      <p className="mb-3">{t('tierChanges.text')}</p>
      <Loaded query={changes}>
        {({ items }) => (
          <div className="grid gap-4">
            {items.length > 0 && <TierChangeList changes={items} />}
            {mayAsk && !items.some(({ status }) => status === 'REQUESTED') && (
              <div className="no-print">
                <Button onPress={() => setAsking(true)}>{t('tierChanges.request')}</Button>
              </div>
            )}
          </div>
        )}
      </Loaded>
      {asking && <RequestTierDialog system={system} onClose={() => setAsking(false)} />}
    </Section>
  );
}
