import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Obligation } from '../../api/types';
import { LinkButton } from '../../ui/button';
import { RaiseDialog } from '../improvements/dialogs/raise-dialog';
import { RequestWaiverDialog } from '../waivers/request-waiver-dialog';
import { neededFor } from './clear-obligation';
import { isOpen } from './obligation-queries';

/** What can be done about an open obligation: clear it, ask for a waiver, raise what is to be improved. */
export function ObligationActions({ obligation }: { obligation: Obligation }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'waiver' | 'improvement' | null>(null);
  const { id, system, ruleTitle, kind, state, action, allowed, waivable, improvementItem, evidenceId } = obligation;
  if (!isOpen(obligation)) return null;
  const isRed = state === 'FAILED' || state === 'OVERDUE';
  const look = isRed ? 'primary' : 'secondary';
  const named = t('obligations.actOn', { action: t(`actionKind.${action.kind}`), rule: ruleTitle });
  if (improvementItem)
    return (
      <div className="no-print grid content-start">
        <LinkButton
          to="/improvements/$itemId"
          params={{ itemId: improvementItem.id }}
          look={look}
          aria-label={t('obligations.actOn', { action: t(`actionKind.${action.kind}`), rule: improvementItem.title })}
        >
          {t(`actionKind.${action.kind}`)}
        </LinkButton>
      </div>
    );
  const close = () => setOpen(null);
  return (
    <div className="no-print grid content-start gap-2">
      {system && allowed.includes(neededFor(action)) && (
        <LinkButton
          to="/systems/$systemId"
          params={{ systemId: system.id }}
          search={(old: object) => ({ ...old, tab: 'obligations', act: id })}
          look={look}
          aria-label={named}
        >
          {t(`actionKind.${action.kind}`)}
        </LinkButton>
      )}
      {waivable && allowed.includes('waivers:request') && (
        <Act name={t('waivers.requestFor', { rule: ruleTitle })} onAct={() => setOpen('waiver')}>
          {t('waivers.request')}
        </Act>
      )}
      {isRed && allowed.includes('improvements:write') && (
        <Act name={t('improvements.raiseOf', { what: ruleTitle })} onAct={() => setOpen('improvement')}>
          {t('improvements.raise')}
        </Act>
      )}
      {open === 'waiver' && <RequestWaiverDialog obligation={obligation} onClose={close} />}
      {open === 'improvement' && system && (
        <RaiseDialog
          systemId={system.id}
          failedEvidenceId={state === 'FAILED' && kind !== 'COPIES' ? evidenceId : null}
          source={kind === 'DRILL' ? 'DRILL' : 'SELF_CHECK'}
          onClose={close}
        />
      )}
    </div>
  );
}

function Act({ name, onAct, children }: { name: string; onAct: () => void; children: string }) {
  return (
    <button type="button" className="text-link min-h-6 cursor-pointer" aria-label={name} onClick={onAct}>
      {children}
    </button>
  );
}
