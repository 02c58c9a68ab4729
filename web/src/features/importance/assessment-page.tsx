import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Assessment } from '../../api/types';
import { Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { CheckField, RadioField } from '../../ui/form/choice';
import { Form, UnsavedGuard } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { PageHeader } from '../../ui/page';
import { announce } from '../../ui/toast';
import { refreshSystem, systemQuery } from '../systems/system-queries';
import { ImpactTable } from './impact-table';
import { assessmentsQuery } from './importance-queries';
import { answerKey, AREAS, emptyDraft, QUESTION_KEYS, QUESTIONS, withLevel, type AssessmentDraft } from './questions';

const route = getRouteApi('/shell/systems/$systemId/importance/new');

/** The questionnaire that suggests a tier. The last answers are there to begin with. */
export function AssessmentPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { systemId } = route.useParams();
  const system = useQuery(systemQuery(systemId)).data?.value;
  const before = useQuery({ ...assessmentsQuery(systemId), refetchOnWindowFocus: false });
  const crumbs = [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
    <Link
      key="system"
      to="/systems/$systemId"
      params={{ systemId }}
      search={{ tab: 'importance' }}
      className="text-link"
    >
      {system ? format.name(system) : '…'}
    </Link>,
  ];
  return (
    <>
      <PageHeader title={t('importance.assess')} crumbs={crumbs} />
      <p className="mb-6 max-w-prose">{t('importance.assessText')}</p>
      <Loaded query={before}>{({ items }) => <Questionnaire systemId={systemId} before={items[0]} />}</Loaded>
    </>
  );
}

function Questionnaire({ systemId, before }: { systemId: string; before: Assessment | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const back = () => void navigate({ to: '/systems/$systemId', params: { systemId }, search: { tab: 'importance' } });
  const form = useForm<AssessmentDraft, Assessment>({
    initial: emptyDraft(before),
    fieldOf: (name) => name.replace(/^answers\./, '').replace(/^impacts\.(\w+).*$/, '$1'),
    required: () => QUESTION_KEYS,
    save: (draft) =>
      api.post(`/systems/${systemId}/importance-assessments`, {
        answers: Object.fromEntries(QUESTION_KEYS.map((question) => [question, draft[question]])),
        impacts: draft.analysed ? Object.fromEntries(AREAS.map((area) => [area, draft[area]])) : null,
      }),
    onSaved: ({ suggestedTier }) => {
      announce(t('importance.assessed', { tier: t(`domain:tier.${suggestedTier}`) }));
      void refreshSystem(client);
      back();
    },
  });
  const labels = Object.fromEntries([
    ...QUESTION_KEYS.map((question) => [question, t(`importance.question.${question}`)]),
    ...AREAS.map((area) => [area, t(`importance.area.${area}`)]),
  ]) as Record<string, string>;
  return (
    <div className="max-w-4xl">
      <UnsavedGuard isDirty={form.isDirty} />
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('importance.submit')} onCancel={back}>
        {QUESTION_KEYS.map((question) => (
          <RadioField
            key={question}
            {...form.bind(question)}
            label={labels[question] ?? ''}
            options={QUESTIONS[question].map((value) => ({
              value,
              label: t(answerKey(question, value)),
            }))}
          />
        ))}
        <section className="grid gap-3">
          <h2>{t('importance.impacts')}</h2>
          <p className="max-w-prose">{t('importance.impactsText')}</p>
          <CheckField value={form.values.analysed} onChange={(on) => form.set('analysed', on)}>
            {t('importance.analyse')}
          </CheckField>
          {form.values.analysed && (
            <ImpactTable
              impacts={form.values}
              onChange={(area, column, level) => form.set(area, withLevel(form.values[area], column, level))}
            />
          )}
        </section>
      </Form>
    </div>
  );
}
