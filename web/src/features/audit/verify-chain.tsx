import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChainVerdict } from '../../api/types';
import { Button } from '../../ui/button';
import { Notice, ProblemNotice, Progress } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { TextField } from '../../ui/form/field';
import { verifyChain } from './audit-queries';

/** Has every hash of the chain computed anew, if wanted also against an end that was written down, and says where it breaks. */
export function VerifyChain() {
  const { t } = useTranslation();
  const [noted, setNoted] = useState({ seq: '', hash: '' });
  const verify = useMutation({
    mutationFn: () => verifyChain({ seq: noted.seq.trim(), hash: noted.hash.trim().toLowerCase() }),
  });
  return (
    <section aria-label={t('audit.verify')} className="no-print card mb-6">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <Button icon="shield" isPending={verify.isPending} onPress={() => verify.mutate()}>
          {t('audit.verify')}
        </Button>
        <details className="w-full min-w-0 lg:w-auto lg:flex-1">
          <summary className="text-link inline-flex min-h-11 cursor-pointer items-center">
            {t('audit.notedTitle')}
          </summary>
          <div className="grid max-w-4xl gap-3 sm:grid-cols-[10rem_1fr]">
            <TextField
              quiet
              name="notedSeq"
              inputMode="numeric"
              label={t('audit.notedSeq')}
              value={noted.seq}
              onChange={(seq) => setNoted({ ...noted, seq })}
            />
            <TextField
              quiet
              name="notedHash"
              label={t('audit.notedHash')}
              value={noted.hash}
              onChange={(hash) => setNoted({ ...noted, hash })}
            />
          </div>
        </details>
      </div>
      <div role="status" className="*:mt-3">
        {verify.isPending && <Progress label={t('audit.verifying')} value={0} max={null} />}
        {verify.data && !verify.isPending && <Verdict verdict={verify.data} />}
      </div>
      {verify.error && (
        <div className="mt-3">
          <ProblemNotice error={verify.error} onRetry={() => verify.mutate()} />
        </div>
      )}
    </section>
  );
}

function Verdict({ verdict: { firstBroken, head, events } }: { verdict: ChainVerdict }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (firstBroken)
    return (
      <Notice look="error" title={t('audit.broken')}>
        <p>{firstBroken.message}</p>
        {firstBroken.seq !== null && <p>{t('audit.brokenAt', { seq: firstBroken.seq })}</p>}
        {firstBroken.eventId && (
          <p className="text-[0.875rem] break-all">
            {t('audit.eventId')} {firstBroken.eventId}
          </p>
        )}
      </Notice>
    );
  return (
    <Notice look="success" title={t('audit.verified')}>
      <p>{t('audit.verifiedText', { events: format.number(events) })}</p>
      {head && (
        <>
          <p>{t('audit.head', { seq: head.seq })}</p>
          <code className="text-[0.875rem] break-all">{head.hash}</code>
        </>
      )}
    </Notice>
  );
}
