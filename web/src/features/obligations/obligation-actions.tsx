import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Obligation } from '../../api/types';
import { type ButtonLook, LinkButton } from '../../ui/button';
import { RaiseDialog } from '../improvements/dialogs/raise-dialog';
import { RequestWaiverDialog } from '../waivers/request-waiver-dialog';
import { mayClear } from './clear-obligation';
import { placeOf } from './clearing-place';
import { isOpen, isRenewable } from './obligation-queries';

/** What can be done about an open obligation: clear it, ask for a waiver, raise what is to be improved. */
export function ObligationActions({ obligation }: { obligation: Obligation }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'waiver' | 'improvement' | null>(null);
  const { system, ruleTitle, kind, state, allowed, waivable, improvementItem, evidenceId } = obligation;
  if (!isOpen(obligation)) return isRenewable(obligation) ? <Renewal obligation={obligation} /> : null;
  const isRed = state === 'FAILED' || state === 'OVERDUE';
  const look = isRed ? 'primary' : 'secondary';
  const may = mayClear(obligation);
  const clear = (may || isRed) && <Way obligation={obligation} look={may ? look : 'quiet'} />;
  if (improvementItem) return <div className="no-print grid content-start">{clear}</div>;
  const close = () => setOpen(null);
  return (
    <div className="no-print grid content-start gap-2">
      {clear}
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

/** Before a waiver ends, the next one is asked for from here. */
function Renewal({ obligation }: { obligation: Obligation }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="no-print grid content-start">
      <Act name={t('waivers.renewFor', { rule: obligation.ruleTitle })} onAct={() => setOpen(true)}>
        {t('waivers.renew')}
      </Act>
      {open && <RequestWaiverDialog obligation={obligation} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** The link to what clears it, or for who may not to who does. */
function Way({ obligation, look }: { obligation: Obligation; look: ButtonLook }) {
  const { t } = useTranslation();
  const place = placeOf(obligation);
  if (!place) return null;
  const { ruleTitle, improvementItem, action } = obligation;
  const words = t(mayClear(obligation) ? `actionKind.${action.kind}` : 'obligations.askOwner');
  return (
    <LinkButton
      {...place}
      // The list of the system stays as it is chosen.
      {...('search' in place && { search: (old: object) => ({ ...old, ...place.search }) })}
      look={look}
      aria-label={t('obligations.actOn', { action: words, rule: improvementItem?.title ?? ruleTitle })}
    >
      {words}
    </LinkButton>
  );
}

function Act({ name, onAct, children }: { name: string; onAct: () => void; children: string }) {
  return (
    <button type="button" className="text-link min-h-6 cursor-pointer" aria-label={name} onClick={onAct}>
      {children}
    </button>
  );
}
