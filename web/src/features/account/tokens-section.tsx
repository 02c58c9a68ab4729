import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { ApiToken, IssuedApiToken } from '../../api/types';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { EmptyState, Loaded, ProblemNotice } from '../../ui/feedback';
import { Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { apiTokensQuery } from './account-queries';
import { NewTokenDialog } from './new-token-dialog';
import { SecretDialog } from './secret-dialog';
import { TokenRow } from './token-row';

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
                <TokenRow
                  key={token.id}
                  token={token}
                  onRotate={() => setAsked({ act: 'rotate', token })}
                  onRevoke={() => setAsked({ act: 'revoke', token })}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <div className="mt-3">
        <Button onPress={() => setMaking(true)}>{t('tokens.create')}</Button>
      </div>
      {making && <NewTokenDialog onIssued={show} onClose={() => setMaking(false)} />}
      {issued && (
        <SecretDialog
          title={t('tokens.secretTitle', { name: issued.name })}
          text={t('tokens.secretText')}
          secret={issued.secret}
          onClose={() => setIssued(null)}
        />
      )}
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
