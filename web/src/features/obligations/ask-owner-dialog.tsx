import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Obligation, System } from '../../api/types';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Loaded, Notice } from '../../ui/feedback';
import { Facts } from '../../ui/page';
import { systemQuery } from '../systems/system-queries';
import { ObligationIntro } from './obligation-intro';

type Fact = [string, ReactNode];

interface AskOwnerDialogProps {
  systemId: string;
  obligation: Obligation;
  onClose: () => void;
}

/** For who may not clear an obligation: who does, and where they are written to. */
export function AskOwnerDialog({ systemId, obligation, onClose }: AskOwnerDialogProps) {
  const { t } = useTranslation();
  const system = useQuery(systemQuery(systemId));
  return (
    <Dialog title={t(`actionKind.${obligation.action.kind}`)} onClose={onClose}>
      <ObligationIntro obligation={obligation} />
      <div className="grid gap-6">
        <Notice>{t('obligations.askOwnerText')}</Notice>
        <Loaded query={system}>
          {({ value: { owner, deputy } }) => (
            <Facts
              facts={[
                [t('systemFields.ownerId'), <Person key="owner" person={owner} />],
                ...(deputy ? [[t('systemFields.deputyId'), <Person key="deputy" person={deputy} />] as Fact] : []),
              ]}
            />
          )}
        </Loaded>
        <div className="flex justify-end">
          <Button onPress={onClose}>{t('action.close')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

function Person({ person }: { person: System['owner'] }) {
  const { t } = useTranslation();
  if (!person) return t('systems.noOwner');
  return (
    <>
      {person.displayName}{' '}
      <a href={`mailto:${person.email}`} className="text-link inline-flex min-h-6 items-center break-all">
        {person.email}
      </a>
    </>
  );
}
