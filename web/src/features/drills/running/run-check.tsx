import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { DrillRun } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { instantOf, useFormat, wallClockOf } from '../../../ui/format/format';
import { Facts, Section } from '../../../ui/page';
import { restores } from '../drill-types';
import { refreshDrills } from '../drill-queries';

/** The check that was named beforehand, and what was seen. */
export function RunCheck({ run }: { run: DrillRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  if (!restores(run.drill.type)) return null;
  return (
    <Section title={t('runs.check')}>
      <Facts
        facts={[
          [t('runs.expectedValue'), run.checkExpected ?? t('runs.noCheck')],
          [t('runs.checkObserved'), run.checkObserved ?? '—'],
          [t('runs.checkHeld'), <CheckHeld key="held" held={run.checkHeld} />],
          [t('runs.recoveryPointAt'), format.instant(run.recoveryPointAt)],
        ]}
      />
      {run.offered.includes('observe') && (
        <div className="no-print mt-2">
          <Button onPress={() => setOpen(true)}>{t('runs.observe')}</Button>
        </div>
      )}
      {open && <ObserveDialog run={run} onClose={() => setOpen(false)} />}
    </Section>
  );
}

/** Whether the observed value is what the check asks for; `—` where nobody has said. */
export function CheckHeld({ held }: { held: boolean | null | undefined }) {
  const { t } = useTranslation();
  if (typeof held !== 'boolean') return '—';
  return <Tag look={held ? 'met' : 'late'}>{t(held ? 'runs.held.HELD' : 'runs.held.NOT_HELD')}</Tag>;
}

function ObserveDialog({ run, onClose }: { run: DrillRun; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: {
      checkObserved: run.checkObserved ?? '',
      recoveryPointAt: run.recoveryPointAt ? wallClockOf(run.recoveryPointAt) : '',
    },
    save: ({ checkObserved, recoveryPointAt }) =>
      api.patch(
        `/drill-runs/${run.id}`,
        { checkObserved: checkObserved || null, recoveryPointAt: recoveryPointAt ? instantOf(recoveryPointAt) : null },
        null,
      ),
    onSaved: () => {
      void refreshDrills(client);
      onClose();
    },
  });
  const labels = { checkObserved: t('runs.checkObserved'), recoveryPointAt: t('runs.recoveryPointAt') };
  return (
    <Dialog title={t('runs.observe')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('runs.saveObserved')} onCancel={onClose}>
        <TextField {...form.bind('checkObserved')} label={labels.checkObserved} rows={2} />
        <TextField {...form.bind('recoveryPointAt')} label={labels.recoveryPointAt} type="datetime-local" />
      </Form>
    </Dialog>
  );
}
