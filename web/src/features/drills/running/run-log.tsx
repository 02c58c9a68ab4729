import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { DrillRun, RunEvent, RunStep } from '../../../api/types';
import { Loaded } from '../../../ui/feedback';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { useFormat } from '../../../ui/format/format';
import { refreshDrills, runEventsQuery } from '../drill-queries';

/** What happened in a run, the newest first, and a note to add. */
export function RunLog({ run }: { run: DrillRun }) {
  const events = useQuery(runEventsQuery(run.id));
  return (
    <>
      {run.offered.includes('note') && <NoteForm key={run.id} runId={run.id} />}
      <Loaded query={events}>{(items) => <EventList events={[...items].reverse()} steps={run.steps} />}</Loaded>
    </>
  );
}

function NoteForm({ runId }: { runId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { text: '' },
    required: () => ['text'],
    save: (body) => api.post(`/drill-runs/${runId}/notes`, body),
    onSaved: () => {
      form.set('text', '');
      void refreshDrills(client);
    },
  });
  const labels = { text: t('runs.note') };
  return (
    <div className="no-print mb-4">
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('runs.addNote')}>
        <TextField {...form.bind('text')} label={labels.text} rows={2} hint={t('runs.noteHint')} />
      </Form>
    </div>
  );
}

/** Events as sentences, in the order they come in. */
export function EventList({ events, steps }: { events: RunEvent[]; steps: RunStep[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className="divide-y divide-line border-y border-line">
      {events.map(({ number, at, kind, actor, stepKey, text }) => (
        <li key={number} className="grid gap-0.5 py-2">
          <span className="text-[0.875rem] text-soft">
            {format.instant(at)} ・ {actor?.displayName ?? t('runs.byItself')}
          </span>
          <span>
            {t(`runEvent.${kind}`)}
            {stepKey && `: ${steps.find(({ key }) => key === stepKey)?.title ?? stepKey}`}
          </span>
          {text && <span className="whitespace-pre-wrap">{text}</span>}
        </li>
      ))}
    </ol>
  );
}
