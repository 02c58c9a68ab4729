import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Factors, Passkey } from '../../../api/types';
import { Button } from '../../../ui/button';
import { ConfirmDialog } from '../../../ui/dialog';
import { ProblemNotice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { announce } from '../../../ui/toast';
import { hintsQuery } from '../../session/session';
import { FactorRow } from '../factor-row';
import { factorsQuery } from '../factor-queries';
import { PasskeyDialog } from './passkey-dialog';
import { canUsePasskeys } from './passkey';
import type { Confirmed } from '../use-confirmed';

interface PasskeysProps {
  factors: Factors;
  confirmed: Confirmed;
  onAdded: (recoveryCodes: string[] | null) => void;
}

/** The passkeys of the person, and the way to one more. */
export function Passkeys({ factors: { passkeys }, confirmed, onAdded }: PasskeysProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const offered = useQuery(hintsQuery).data?.passkeys === true && canUsePasskeys();
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Passkey | null>(null);
  const remove = useMutation({
    mutationFn: ({ id }: Passkey) => confirmed(() => api.delete(`/me/factors/passkeys/${id}`, null)),
    onSuccess: () => {
      setAsked(null);
      announce(t('factors.removed'));
    },
    onSettled: () => client.invalidateQueries(factorsQuery),
  });
  const factsOf = ({ createdAt, lastUsedAt }: Passkey) =>
    t(lastUsedAt ? 'factors.passkeyUsed' : 'factors.since', {
      at: format.instant(createdAt),
      used: format.instant(lastUsedAt),
    });
  return (
    <>
      <FactorRow title={t('factors.passkeys')} text={t(offered ? 'factors.passkeysText' : 'factors.passkeysNeedTls')}>
        {offered && <Button onPress={() => setAdding(true)}>{t('factors.passkeyAdd')}</Button>}
      </FactorRow>
      {passkeys.map((passkey) => (
        <FactorRow key={passkey.id} title={t('factors.passkeyNamed', { name: passkey.name })} text={factsOf(passkey)}>
          <Button
            look="danger"
            onPress={() => setAsked(passkey)}
            aria-label={t('factors.removeOf', { name: passkey.name })}
          >
            {t('factors.remove')}
          </Button>
        </FactorRow>
      ))}
      {adding && (
        <PasskeyDialog
          confirmed={confirmed}
          onSaved={(recoveryCodes) => {
            setAdding(false);
            onAdded(recoveryCodes);
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {asked && (
        <ConfirmDialog
          title={t('factors.removeTitle', { name: asked.name })}
          confirm={t('factors.remove')}
          pending={remove.isPending}
          onConfirm={() => remove.mutate(asked)}
          onCancel={() => {
            remove.reset();
            setAsked(null);
          }}
        >
          <div className="grid gap-4">
            {remove.error && <ProblemNotice error={remove.error} />}
            <p>{t('factors.removeText')}</p>
          </div>
        </ConfirmDialog>
      )}
    </>
  );
}
