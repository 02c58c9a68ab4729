import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { System } from '../../api/types';
import { Button } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
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
      <Loaded query={improvements}>
        {({ items }) => (
          <>
            <div className="no-print mb-4 flex flex-wrap gap-2">
              {items.length > 0 && raise}
              {may('advice:ask') && <Button onPress={() => setOpen('advice')}>{t('advice.ask')}</Button>}
              {items.length > 0 && <ExportMenu path="/improvements" filters={{ systemId: system.id }} />}
            </div>
            {items.length === 0 ? (
              <EmptyState title={t('improvements.ofSystemNone')} action={raise}>
                {t('improvements.noneText')}
              </EmptyState>
            ) : (
              <ImprovementsList items={items} />
            )}
          </>
        )}
      </Loaded>
      {open === 'raise' && <RaiseDialog systemId={system.id} onClose={close} />}
      {open === 'advice' && (
        <AskDialog about={{ organisationId: system.organisation.id, systemId: system.id }} onClose={close} />
      )}
    </>
  );
}
