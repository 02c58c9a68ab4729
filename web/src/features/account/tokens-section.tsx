import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { ApiToken, IssuedApiToken } from '../../api/types';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { EmptyState, Loaded, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { apiTokensQuery } from './account-queries';
import { NewTokenDialog } from './new-token-dialog';
import { SecretDialog } from './secret-dialog';

type Asked = { act: 'rotate' | 'revoke'; token: ApiToken };

/** What programs use instead of the person's sign-in: made, rotated and revoked here; a secret is shown once. */
export function TokensSection() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tokens = useQuery(apiTokensQuery);
  const [making, setMaking] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [issued, setIssued] = useState<IssuedApiToken | null>(null);
  const show = (token: IssuedApiToken) => {
    setMaking(false);
    setIssued(token);
    void client.invalidateQueries(apiTokensQuery);
  };
  const change = useMutation({
    mutationFn: async ({ act, token: { id } }: Asked) =>
      act === 'rotate'
        ? api.post<IssuedApiToken>(`/api-tokens/${id}/rotate`, {})
        : api.delete(`/api-tokens/${id}`, null).then(() => null),
    onSuccess: (rotated) => (rotated ? show(rotated) : announce(t('tokens.revoked'))),
    onSettled: () => {
      setAsked(null);
      return client.invalidateQueries(apiTokensQuery);
    },
  });
  return (
    <Section title={t('tokens.title')}>
      <p className="mb-3 text-soft">{t('tokens.text')}</p>
      {change.error && <ProblemNotice error={change.error} />}
      <Loaded query={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('tokens.none')}>{t('tokens.noneText')}</EmptyState>
          ) : (
            <ul className="grid gap-2">
              {items.map((token) => (
                <TokenRow key={token.id} token={token} onAsk={(act) => setAsked({ act, token })} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <div className="mt-3">
        <Button onPress={() => setMaking(true)}>{t('tokens.create')}</Button>
      </div>
      {making && <NewTokenDialog onIssued={show} onClose={() => setMaking(false)} />}
      {issued && <SecretDialog token={issued} onClose={() => setIssued(null)} />}
      {asked && (
        <ConfirmDialog
          title={t(`tokens.${asked.act}Title`, { name: asked.token.name })}
          confirm={t(`tokens.${asked.act}`)}
          look={asked.act === 'revoke' ? 'danger' : 'primary'}
          pending={change.isPending}
          onConfirm={() => change.mutate(asked)}
          onCancel={() => setAsked(null)}
        >
          <p>{t(`tokens.${asked.act}Text`)}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function TokenRow({ token, onAsk }: { token: ApiToken; onAsk: (act: Asked['act']) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, hint, expiresAt, lastUsedAt, lastUsedAddress, previousUntil } = token;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-8 border border-line px-4 py-2">
      <div className="min-w-0">
        <p className="font-700 break-words">{name}</p>
        <p className="text-[0.875rem] text-soft">
          <code>{hint}…</code> {t('tokens.expires', { at: format.instant(expiresAt) })}
        </p>
        <p className="text-[0.875rem] text-soft">
          {lastUsedAt
            ? t('tokens.used', { at: format.instant(lastUsedAt), address: lastUsedAddress ?? '—' })
            : t('tokens.unused')}
        </p>
        {previousUntil && (
          <p className="text-[0.875rem] text-soft">{t('tokens.previous', { until: format.instant(previousUntil) })}</p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => onAsk('rotate')} aria-label={t('tokens.rotateOf', { name })}>
          {t('tokens.rotate')}
        </Button>
        <Button look="danger" onPress={() => onAsk('revoke')} aria-label={t('tokens.revokeOf', { name })}>
          {t('tokens.revoke')}
        </Button>
      </div>
    </li>
  );
}
