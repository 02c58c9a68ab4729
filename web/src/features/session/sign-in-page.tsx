import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Navigate, useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SignInState } from '../../api/types';
import { Loaded, Notice } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { FirstStep } from './first-step';
import { safeReturn } from './safe-return';
import { SecondStep } from './second-step';
import { arrive, NOT_BEGUN, signInStateQuery } from './session';
import { SignInFrame } from './sign-in-frame';

const route = getRouteApi('/sign-in');

/** Signing in: by password, passkey or the office's own account, and then the second factor of who has one. */
export function SignInPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const state = useQuery(signInStateQuery);
  const [lapsed, setLapsed] = useState(false);
  const returnTo = safeReturn(search.return);
  const goOn = async (reached: SignInState) => {
    setLapsed(false);
    const { state: now } = await arrive(client, reached);
    if (now === 'FACTOR_NEEDED') return;
    await router.invalidate();
    if (now === 'ENROLMENT_NEEDED') await navigate({ to: '/enrolment', search, replace: true });
    else await navigate({ href: returnTo, replace: true });
  };
  const startAgain = (because: 'lapsed' | 'left') => {
    setLapsed(because === 'lapsed');
    client.setQueryData(signInStateQuery.queryKey, NOT_BEGUN);
  };
  const isSecond = state.data?.state === 'FACTOR_NEEDED';
  return (
    <SignInFrame>
      <PageHeader title={t(isSecond ? 'signIn.secondTitle' : 'signIn.title')}>
        {!isSecond && <p className="mt-1 text-soft">{t('shell.tagline')}</p>}
      </PageHeader>
      <Loaded query={state}>
        {({ state: now, factors }) => {
          if (now === 'ENROLMENT_NEEDED') return <Navigate to="/enrolment" search={search} replace />;
          if (now === 'FACTOR_NEEDED') return <SecondStep factors={factors} onDone={goOn} onEnd={startAgain} />;
          return (
            <>
              {lapsed && (
                <div className="mb-6">
                  <Notice look="error" title={t('signIn.lapsed')} />
                </div>
              )}
              <FirstStep returnTo={returnTo} problem={search.problem} onDone={goOn} />
            </>
          );
        }}
      </Loaded>
    </SignInFrame>
  );
}
