import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Affected, NewEvidence, OpenedLink, RecordedEvidence } from '../../api/types';
import { speak } from '../../i18n';
import { LinkButton } from '../../ui/button';
import { Loaded } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { ObligationIntro } from '../obligations/obligation-intro';
import { SignInFrame } from '../session/sign-in-frame';
import { AffectedList } from './affected-list';
import { EvidenceForm } from './evidence-form';

/** One obligation and its proof, for who comes by the link of a mail: the secret in the address is sent by this page only. */
export function LinkPage() {
  const { t } = useTranslation();
  const [secret] = useState(() => window.location.hash.slice(1));
  const [affected, setAffected] = useState<Affected[] | null>(null);
  const opened = useQuery({
    queryKey: ['mail-link'],
    queryFn: async () => {
      const answer = await api.post<OpenedLink>('/mail-link/open', { secret });
      await speak(answer.locale);
      return answer;
    },
    staleTime: Infinity,
    retry: false,
    refetchOnWindowFocus: false,
  });
  // Neither the history nor somebody who looks at the screen needs it any longer.
  useEffect(() => window.history.replaceState(window.history.state, '', '/link'), []);
  const send = (proof: NewEvidence) => api.post<RecordedEvidence>('/mail-link/evidence', { secret, proof });
  return (
    <SignInFrame>
      <PageHeader title={t('link.title')}>
        <p className="mt-1 text-soft">{t('link.text')}</p>
      </PageHeader>
      {affected ? (
        <AffectedList done={t('evidence.recorded')} affected={affected} />
      ) : (
        <Loaded query={opened}>
          {({ obligation }) => (
            <>
              <ObligationIntro obligation={obligation} />
              {obligation.system && obligation.action.evidenceKind && (
                <EvidenceForm
                  systemId={obligation.system.id}
                  kind={obligation.action.evidenceKind}
                  obligation={obligation}
                  send={send}
                  onSent={(sent) => setAffected(sent.affected)}
                />
              )}
            </>
          )}
        </Loaded>
      )}
      <p className="mt-8">
        <LinkButton look="quiet" to="/sign-in">
          {t('link.signIn')}
        </LinkButton>
      </p>
    </SignInFrame>
  );
}
