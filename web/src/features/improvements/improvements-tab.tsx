import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import { Button } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { improvementsQuery } from './improvement-queries';
import { ImprovementsList } from './improvements-list';
import { RaiseDialog } from './dialogs/raise-dialog';

/** What of a system is to be improved, also what has been. */
export function ImprovementsTab({ system }: { system: System }) {
  const { t } = useTranslation();
  const [raising, setRaising] = useState(false);
  const improvements = useQuery(improvementsQuery({ systemId: system.id, limit: 200 }));
  const raise = system.allowed.includes('improvements:write') && system.lifecycle !== 'RETIRED' && (
    <Button look="primary" icon="plus" onPress={() => setRaising(true)}>
      {t('improvements.raise')}
    </Button>
  );
  return (
    <>
      <Loaded query={improvements}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('improvements.ofSystemNone')} action={raise}>
              {t('improvements.noneText')}
            </EmptyState>
          ) : (
            <>
              <div className="no-print mb-4">{raise}</div>
              <ImprovementsList items={items} />
            </>
          )
        }
      </Loaded>
      {raising && <RaiseDialog systemId={system.id} onClose={() => setRaising(false)} />}
    </>
  );
}
