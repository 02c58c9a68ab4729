import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import { Button } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { AskDialog } from '../advice/ask-dialog';
import { usePermission } from '../session/session';
import { improvementsQuery } from './improvement-queries';
import { ImprovementsList } from './improvements-list';
import { RaiseDialog } from './dialogs/raise-dialog';

/** What of a system is to be improved, also what has been. */
export function ImprovementsTab({ system }: { system: System }) {
  const { t } = useTranslation();
  const may = usePermission();
  const [open, setOpen] = useState<'raise' | 'advice' | null>(null);
  const close = () => setOpen(null);
  const improvements = useQuery(improvementsQuery({ systemId: system.id, limit: 200 }));
  const raise = system.allowed.includes('improvements:write') && system.lifecycle !== 'RETIRED' && (
    <Button look="primary" icon="plus" onPress={() => setOpen('raise')}>
      {t('improvements.raise')}
    </Button>
  );
  return (
    <>
      <div className="no-print mb-4 flex flex-wrap gap-2">
        {raise}
        {may('advice:ask') && <Button onPress={() => setOpen('advice')}>{t('advice.ask')}</Button>}
      </div>
      <Loaded query={improvements}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('improvements.ofSystemNone')}>{t('improvements.noneText')}</EmptyState>
          ) : (
            <ImprovementsList items={items} />
          )
        }
      </Loaded>
      {open === 'raise' && <RaiseDialog systemId={system.id} onClose={close} />}
      {open === 'advice' && (
        <AskDialog about={{ organisationId: system.organisation.id, systemId: system.id }} onClose={close} />
      )}
    </>
  );
}
