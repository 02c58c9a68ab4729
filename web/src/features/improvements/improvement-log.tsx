import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { ImprovementDetail } from '../../api/types';
import { TextField } from '../../ui/form/field';
import { Form, UnsavedGuard } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { refreshSystem } from '../systems/system-queries';

/** What has been reported, newest first, and the form for the next report. */
export function ImprovementLog({ item }: { item: ImprovementDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [round, setRound] = useState(0);
  return (
    <Section title={t('improvements.log')}>
      {item.offered.includes('progress') && (
        <ReportForm key={round} itemId={item.id} onReported={() => setRound(round + 1)} />
      )}
      {item.log.length === 0 ? (
        <p className="text-soft">{t('improvements.logNone')}</p>
      ) : (
        <ol className="divide-y divide-line border-y border-line">
          {item.log.map(({ id, at, author, text, percent, link }) => (
            <li key={id} className="py-3">
              <p className="text-[0.875rem] text-soft">
                <time dateTime={at}>{format.instant(at)}</time> {author.displayName}
                {percent !== null && <b className="ms-3">{t('improvements.percentDone', { percent })}</b>}
              </p>
              <p className="whitespace-pre-wrap">{text}</p>
              {link && (
                <a href={link} rel="noreferrer" target="_blank" className="text-link">
                  {t('improvements.openLink')}
                </a>
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

/** What is being written stays while others change the item. */
function ReportForm({ itemId, onReported }: { itemId: string; onReported: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { text: '', percent: '', link: '' },
    required: () => ['text'],
    save: ({ text, percent, link }) =>
      api.post(`/improvements/${itemId}/progress`, {
        ...{ text, percent: percent === '' ? null : Number(percent) },
        ...(link && { link }),
      }),
    onSaved: () => {
      announce(t('improvements.reported'));
      void refreshSystem(client);
      onReported();
    },
  });
  const labels = {
    text: t('improvements.reportText'),
    percent: t('improvements.percent'),
    link: t('improvements.link'),
  };
  return (
    <div className="no-print mb-6 max-w-2xl rounded-8 bg-sunken p-4">
      <UnsavedGuard isDirty={form.isDirty} />
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('improvements.report')}>
        <TextField {...form.bind('text')} label={labels.text} rows={3} />
        <TextField
          {...form.bind('percent')}
          label={labels.percent}
          type="number"
          hint={t('improvements.percentHint')}
        />
        <TextField {...form.bind('link')} label={labels.link} type="url" hint={t('improvements.linkHint')} />
      </Form>
    </div>
  );
}
