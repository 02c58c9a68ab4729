import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Obligation } from '../../../api/types';
import { ProblemNotice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { announce } from '../../../ui/toast';
import { isOpen } from '../../obligations/obligation-queries';
import { refreshSnoozes } from '../reminders-queries';
import { SnoozeDialog } from './snooze-dialog';

const LINK = 'text-link no-print min-h-6 cursor-pointer';

/** Through which day the reminders of an obligation are held back, and for whoever is reminded the way to do it and to end it. */
export function Snoozing({ obligation }: { obligation: Obligation }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { snooze, snoozableUntil, ruleTitle } = obligation;
  if (snooze) return <Snoozed obligation={obligation} snooze={snooze} />;
  if (!snoozableUntil || !isOpen(obligation)) return null;
  return (
    <>
      <button
        type="button"
        className={LINK}
        aria-label={t('snooze.startOf', { rule: ruleTitle })}
        onClick={() => setAsking(true)}
      >
        {t('snooze.start')}
      </button>
      {asking && <SnoozeDialog obligation={obligation} until={snoozableUntil} onClose={() => setAsking(false)} />}
    </>
  );
}

interface SnoozedProps {
  obligation: Obligation;
  snooze: NonNullable<Obligation['snooze']>;
}

function Snoozed({ obligation: { remindsMe, ruleTitle }, snooze }: SnoozedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api.post(`/snoozes/${snooze.id}/cancel`, undefined),
    onSuccess: () => {
      announce(t('snooze.cancelled'));
      void refreshSnoozes(client);
    },
  });
  const { untilOn, number, reason, by } = snooze;
  return (
    <div className="my-1 border-s-2 border-line ps-3 text-[0.875rem]">
      <p>{t('snooze.until', { date: format.date(untilOn), number, name: by.displayName })}</p>
      <p>{t('snooze.because', { reason })}</p>
      <p className="text-soft">
        {t('snooze.goesOn')}
        {remindsMe && (
          <button
            type="button"
            className={`${LINK} ms-3`}
            aria-label={t('snooze.cancelOf', { rule: ruleTitle })}
            disabled={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('snooze.cancel')}
          </button>
        )}
      </p>
      {cancel.error && <ProblemNotice error={cancel.error} />}
    </div>
  );
}
