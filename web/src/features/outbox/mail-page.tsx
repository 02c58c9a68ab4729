import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadedPage } from '../shell/loaded-page';
import { api } from '../../api/client';
import type { Mail } from '../../api/types';
import { Button } from '../../ui/button';
import { Notice, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Facts, PageHeader } from '../../ui/page';
import { Tabs } from '../../ui/tabs';
import { announce } from '../../ui/toast';
import { MailState } from './mail-status';
import { mailQuery } from './outbox-queries';

const route = getRouteApi('/shell/outbox/$mailId');

/** One mail as its reader sees it, in both forms. */
export function MailPage() {
  const { mailId } = route.useParams();
  const mail = useQuery(mailQuery(mailId));
  return <LoadedPage query={mail}>{(data) => <Page mail={data} />}</LoadedPage>;
}

function Page({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const subject = mail.subject ?? t('outbox.noSubject');
  const retry = useMutation({
    mutationFn: () => api.post(`/outbox/${mail.id}/retry`),
    onSuccess: async () => {
      announce(t('outbox.retried'));
      await client.invalidateQueries({ queryKey: ['outbox'] });
    },
  });
  const crumbs = [
    <Link key="outbox" to="/outbox" className="text-link">
      {t('outbox.title')}
    </Link>,
  ];
  const actions = mail.status === 'FAILED' && (
    <Button look="primary" isPending={retry.isPending} onPress={() => retry.mutate()}>
      {t('outbox.retry')}
    </Button>
  );
  return (
    <>
      <PageHeader title={subject} crumbs={crumbs} actions={actions} />
      <div className="mb-6 grid gap-4">
        {retry.error && <ProblemNotice error={retry.error} />}
        {mail.error && (
          <Notice look="error" title={t('outbox.failed')}>
            {mail.error}
          </Notice>
        )}
        <Facts
          facts={[
            [t('outbox.to'), t('outbox.address', { name: mail.recipient.displayName, email: mail.recipient.email })],
            [t('outbox.status'), <MailState status={mail.status} />],
            [t('outbox.createdAt'), format.instant(mail.createdAt)],
            [t('outbox.sentAt'), format.instant(mail.sentAt)],
          ]}
        />
      </div>
      {mail.text === null ? (
        <p className="text-soft">{t('outbox.notWritten')}</p>
      ) : (
        <Tabs
          label={t('outbox.forms')}
          selected={tab === 'html' ? 'html' : 'text'}
          onSelect={(key) => void navigate({ search: { tab: key }, replace: true })}
          tabs={[
            {
              key: 'text',
              title: t('outbox.asText'),
              content: () => <pre className="max-w-prose font-sans whitespace-pre-wrap">{mail.text}</pre>,
            },
            {
              key: 'html',
              title: t('outbox.asHtml'),
              // The service answers this address with a policy of its own; the empty sandbox runs nothing.
              content: () => (
                <iframe
                  title={subject}
                  sandbox=""
                  src={`/api/v1/outbox/${mail.id}/html`}
                  className="h-[36rem] w-full rounded-8 border border-line bg-white"
                />
              ),
            },
          ]}
        />
      )}
    </>
  );
}
