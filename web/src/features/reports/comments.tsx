import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Report } from './report-types';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { announce } from '../../ui/toast';

/** What was said about a report, and where more is said. */
export function Comments({ report: { id, comments, offered } }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('reports.comments')}>
      {comments.length === 0 && <p className="text-soft">{t('reports.noComments')}</p>}
      <ul className="max-w-prose">
        {comments.map((comment) => (
          <li key={comment.id} className="mb-3">
            <p className="text-[0.875rem] text-soft">
              {t('reports.byAt', { name: comment.author.displayName, at: format.instant(comment.at) })}
            </p>
            <p className="whitespace-pre-wrap">{comment.text}</p>
          </li>
        ))}
      </ul>
      {offered.includes('comment') && <CommentForm key={comments.length} reportId={id} />}
    </Section>
  );
}

function CommentForm({ reportId }: { reportId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { text: '' },
    required: () => ['text'],
    save: ({ text }) => api.post(`/reports/${reportId}/comments`, { text }),
    onSaved: () => {
      announce(t('reports.commented'));
      void client.invalidateQueries({ queryKey: ['reports', reportId] });
    },
  });
  const labels = { text: t('reports.comment') };
  return (
    <div className="no-print mt-4 max-w-2xl rounded-8 bg-sunken p-4">
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('reports.submitComment')}>
        <TextField {...form.bind('text')} label={labels.text} rows={4} />
      </Form>
    </div>
  );
}
