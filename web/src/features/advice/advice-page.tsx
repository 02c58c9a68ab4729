import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Advice } from '../../api/types';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/form/field';
import { Form, UnsavedGuard } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { WithdrawDialog } from '../../ui/form/withdraw-dialog';
import { useFormat } from '../../ui/format/format';
import { MarkdownText } from '../../ui/format/markdown';
import { Facts, PageHeader, Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { HistoryButton } from '../audit/history';
import { LoadedPage } from '../shell/loaded-page';
import { adviceQuery } from './advice-queries';
import { AdviceTag } from './advice-tag';

const route = getRouteApi('/shell/advice/$adviceId');

export function AdvicePage() {
  const { adviceId } = route.useParams();
  const advice = useQuery(adviceQuery(adviceId));
  return <LoadedPage query={advice}>{(data) => <Page key={adviceId} advice={data} />}</LoadedPage>;
}

function Page({ advice }: { advice: Advice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [withdrawing, setWithdrawing] = useState(false);
  const crumbs = [
    <Link key="advice" to="/advice" className="text-link">
      {t('advice.title')}
    </Link>,
  ];
  const actions = (
    <>
      {advice.offered.includes('withdraw') && (
        <Button look="danger" onPress={() => setWithdrawing(true)}>
          {t('advice.withdraw')}
        </Button>
      )}
      <HistoryButton recordId={advice.id} name={advice.title} />
    </>
  );
  const { answer, answeredBy } = advice;
  return (
    <>
      <PageHeader title={advice.title} crumbs={crumbs} actions={actions}>
        <p className="mt-1">
          <AdviceTag status={advice.status} />
        </p>
      </PageHeader>
      <Section title={t('advice.question')}>
        <About advice={advice} />
        <div className="mt-4 max-w-prose">
          <MarkdownText>{advice.question}</MarkdownText>
        </div>
        <p className="mt-2 text-[0.875rem] text-soft">
          {t('advice.askedBy', { name: advice.askedBy.displayName, at: format.instant(advice.askedAt) })}
        </p>
      </Section>
      <Section title={t('advice.answer')}>
        {answer ? (
          <>
            <div className="max-w-prose">
              <MarkdownText>{answer}</MarkdownText>
            </div>
            <p className="mt-2 text-[0.875rem] text-soft">
              {t('advice.answeredBy', { name: answeredBy?.displayName ?? '', at: format.instant(advice.answeredAt) })}
            </p>
          </>
        ) : (
          <p className="text-soft">{t(advice.status === 'WITHDRAWN' ? 'advice.noAnswerAnyMore' : 'advice.noAnswer')}</p>
        )}
        {advice.offered.includes('answer') && <AnswerForm adviceId={advice.id} />}
      </Section>
      {withdrawing && (
        <WithdrawDialog
          path={`/advice/${advice.id}/withdraw`}
          title={t('advice.withdraw')}
          text={t('advice.withdrawText')}
          done={t('advice.withdrawn')}
          onDone={() => void client.invalidateQueries({ queryKey: ['advice'] })}
          onClose={() => setWithdrawing(false)}
        />
      )}
    </>
  );
}

function About({ advice: { organisation, ministry, system, improvementItem, dueOn } }: { advice: Advice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const systemName = system && format.name(system);
  return (
    <Facts
      facts={[
        [t('advice.organisation'), format.name(organisation)],
        [t('advice.ministry'), format.name(ministry)],
        ...(system
          ? ([
              [
                t('advice.system'),
                system.open ? (
                  <Link to="/systems/$systemId" params={{ systemId: system.id }} className="text-link">
                    {systemName}
                  </Link>
                ) : (
                  systemName
                ),
              ],
            ] as [string, React.ReactNode][])
          : []),
        ...(improvementItem
          ? ([
              [
                t('advice.improvementItem'),
                improvementItem.open ? (
                  <Link to="/improvements/$itemId" params={{ itemId: improvementItem.id }} className="text-link">
                    {improvementItem.title}
                  </Link>
                ) : (
                  improvementItem.title
                ),
              ],
            ] as [string, React.ReactNode][])
          : []),
        [t('advice.dueOn'), format.date(dueOn)],
      ]}
    />
  );
}

/** Asks before a question is taken back for good. */
function AnswerForm({ adviceId }: { adviceId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { answer: '' },
    required: () => ['answer'],
    save: ({ answer }) => api.post(`/advice/${adviceId}/answer`, { answer }),
    onSaved: () => {
      announce(t('advice.answered'));
      void client.invalidateQueries({ queryKey: ['advice'] });
    },
  });
  const labels = { answer: t('advice.answer') };
  return (
    <div className="no-print mt-4 max-w-2xl rounded-8 bg-sunken p-4">
      <UnsavedGuard isDirty={form.isDirty} />
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('advice.submitAnswer')}>
        <TextField {...form.bind('answer')} label={labels.answer} rows={6} hint={t('improvements.descriptionHint')} />
      </Form>
    </div>
  );
}
