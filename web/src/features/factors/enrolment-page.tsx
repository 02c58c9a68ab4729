import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { ToastRegion } from '../../ui/toast';
import { safeReturn } from '../session/safe-return';
import { forgetSession, sessionQuery, useMe } from '../session/session';
import { SignInFrame } from '../session/sign-in-frame';
import { factorsQuery, hasFactor } from './factor-queries';
import { Factors } from './factors';

const route = getRouteApi('/enrolment');

/** For who must have a second factor and has none: why, the ways to one, and on to the pages as soon as there is one. */
export function EnrolmentPage() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery);
  if (session.data === undefined) return <PageHeader title={t('enrolment.title')} />;
  return session.data ? <Enrolment /> : <Navigate to="/sign-in" />;
}

function Enrolment() {
  const { t } = useTranslation();
  const { user } = useMe();
  const search = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const factors = useQuery(factorsQuery).data;
  const done = factors !== undefined && hasFactor(factors);
  const goOn = async () => {
    await client.invalidateQueries(sessionQuery);
    await navigate({ href: safeReturn(search.return), replace: true });
  };
  const leave = useMutation({
    mutationFn: () => api.post('/auth/logout'),
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: {} });
      forgetSession(client);
    },
  });
  return (
    <SignInFrame wide>
      <PageHeader title={t('enrolment.title')}>
        <p className="mt-1 text-soft">{t('enrolment.who', { name: user.displayName, email: user.email })}</p>
      </PageHeader>
      {done ? (
        <div className="mb-6">
          <Notice look="success" title={t('enrolment.done')}>
            <div className="mt-2">
              <Button look="primary" onPress={() => void goOn()}>
                {t('enrolment.goOn')}
              </Button>
            </div>
          </Notice>
        </div>
      ) : (
        <p className="mb-6">{t('enrolment.text')}</p>
      )}
      <Factors />
      <div className="no-print mt-8">
        <Button look="quiet" isPending={leave.isPending} onPress={() => leave.mutate()}>
          {t('shell.signOut')}
        </Button>
      </div>
      <ToastRegion />
    </SignInFrame>
  );
}
