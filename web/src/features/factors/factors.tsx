import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { isProblem } from '../../api/problem';
import type { BegunTotp, Factors as FactorsOfPerson, NewRecoveryCodes } from '../../api/types';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { Loaded, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';
import { FactorRow } from './factor-row';
import { factorsQuery } from './factor-queries';
import { Passkeys } from './passkeys/passkeys';
import { RecoveryCodesDialog } from './recovery-codes-dialog';
import { TotpDialog } from './totp-dialog';
import { useConfirmed } from './use-confirmed';

/** The second factors of the person who is signed in: set up, given up, and the codes for when they are lost. */
export function Factors() {
  const factors = useQuery(factorsQuery);
  return <Loaded query={factors}>{(all) => <FactorList factors={all} />}</Loaded>;
}

function FactorList({ factors }: { factors: FactorsOfPerson }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { confirmed, dialog } = useConfirmed();
  const [begun, setBegun] = useState<BegunTotp | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [asked, setAsked] = useState<'totp' | 'codes' | null>(null);
  const changed = () => client.invalidateQueries(factorsQuery);
  const added = (recoveryCodes: string[] | null) => {
    setBegun(null);
    setCodes(recoveryCodes);
    announce(t('factors.added'));
    void changed();
  };
  const begin = useMutation({
    mutationFn: () => confirmed(() => api.post<BegunTotp>('/me/factors/totp')),
    onSuccess: setBegun,
  });
  const act = useMutation({
    mutationFn: (what: 'totp' | 'codes') =>
      confirmed(async () => {
        if (what === 'totp') return void (await api.delete('/me/factors/totp', null));
        setCodes((await api.post<NewRecoveryCodes>('/me/factors/recovery-codes')).codes);
      }),
    onSuccess: (_nothing, what) => {
      setAsked(null);
      if (what === 'totp') announce(t('factors.removed'));
    },
    onSettled: changed,
  });
  const { totp, recoveryCodes } = factors;
  return (
    <>
      {begin.error && !isProblem(begin.error, 403) && <ProblemNotice error={begin.error} />}
      <ul className="grid gap-2">
        <Passkeys factors={factors} confirmed={confirmed} onAdded={added} />
        <FactorRow
          title={t('factors.totp')}
          text={totp ? t('factors.since', { at: format.instant(totp.confirmedAt) }) : t('factors.totpText')}
        >
          <Button
            isPending={begin.isPending}
            onPress={() => begin.mutate()}
            aria-label={t(totp ? 'factors.totpAnew' : 'factors.totpSetUp')}
          >
            {t(totp ? 'factors.anew' : 'factors.setUp')}
          </Button>
          {totp && (
            <Button
              look="danger"
              onPress={() => setAsked('totp')}
              aria-label={t('factors.removeOf', { name: t('factors.totp') })}
            >
              {t('factors.remove')}
            </Button>
          )}
        </FactorRow>
        {recoveryCodes && (
          <FactorRow
            title={t('factors.codes')}
            text={t('factors.codesLeft', {
              count: recoveryCodes.remaining,
              made: format.instant(recoveryCodes.madeAt),
            })}
          >
            <Button onPress={() => setAsked('codes')}>{t('factors.codesAnew')}</Button>
          </FactorRow>
        )}
      </ul>
      {begun && <TotpDialog begun={begun} confirmed={confirmed} onSaved={added} onClose={() => setBegun(null)} />}
      {asked && (
        <ConfirmDialog
          title={t(asked === 'totp' ? 'factors.removeTitle' : 'factors.codesAnewTitle', { name: t('factors.totp') })}
          confirm={t(asked === 'totp' ? 'factors.remove' : 'factors.codesAnew')}
          look={asked === 'totp' ? 'danger' : 'primary'}
          pending={act.isPending}
          onConfirm={() => act.mutate(asked)}
          onCancel={() => {
            act.reset();
            setAsked(null);
          }}
        >
          <div className="grid gap-4">
            {act.error && <ProblemNotice error={act.error} />}
            <p>{t(asked === 'totp' ? 'factors.removeText' : 'factors.codesAnewText')}</p>
          </div>
        </ConfirmDialog>
      )}
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />}
      {dialog}
    </>
  );
}
