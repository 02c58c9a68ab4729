import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { isProblem } from '../../../api/problem';
import type { ApiToken } from '../../../api/types';
import { ConfirmDialog } from '../../../ui/dialog';
import { Loaded, ProblemNotice } from '../../../ui/feedback';
import { Section } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { TokenRow } from '../../account/token-row';
import { tokensOfQuery } from '../people-queries';

/** The API tokens of a person whose account one administers; they are revoked here and made by the person alone. */
export function PersonTokens({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tokens = useQuery(tokensOfQuery(userId));
  const [asked, setAsked] = useState<ApiToken | null>(null);
  const revoke = useMutation({
    mutationFn: ({ id }: ApiToken) => api.delete(`/api-tokens/${id}`, null),
    onSuccess: () => {
      announce(t('tokens.revoked'));
      setAsked(null);
    },
    onSettled: () => client.invalidateQueries(tokensOfQuery(userId)),
  });
  // The account is administered elsewhere.
  if (isProblem(tokens.error, 404)) return null;
  return (
    <Section title={t('tokens.title')}>
      <Loaded query={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-soft">{t('tokens.none')}</p>
          ) : (
            <ul className="grid gap-2">
              {items.map((token) => (
                <TokenRow key={token.id} token={token} onRevoke={() => setAsked(token)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asked && (
        <ConfirmDialog
          title={t('tokens.revokeTitle', { name: asked.name })}
          confirm={t('tokens.revoke')}
          pending={revoke.isPending}
          onConfirm={() => revoke.mutate(asked)}
          onCancel={() => setAsked(null)}
        >
          <div className="grid gap-4">
            {revoke.error && <ProblemNotice error={revoke.error} />}
            <p>{t('tokens.revokeText')}</p>
          </div>
        </ConfirmDialog>
      )}
    </Section>
  );
}
