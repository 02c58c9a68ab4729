import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { SignInState } from '../../api/types';
import { Button } from '../../ui/button';
import { ProblemNotice } from '../../ui/feedback';
import { canUsePasskeys, showPasskey } from '../factors/passkeys/passkey';

/** Signs in with a passkey alone: it knows who that is, and it counts as both factors. */
export function PasskeySignIn({ onDone }: { onDone: (reached: SignInState) => Promise<void> }) {
  const { t } = useTranslation();
  const signIn = useMutation({
    mutationFn: async () =>
      api.post<SignInState>('/auth/passkey', { credential: await showPasskey('/auth/passkey/options', t) }),
    onSuccess: onDone,
  });
  if (!canUsePasskeys()) return null;
  return (
    <div className="mt-8 border-t border-line pt-6">
      {signIn.error && (
        <div className="mb-4">
          <ProblemNotice error={signIn.error} />
        </div>
      )}
      <Button icon="key" isPending={signIn.isPending} onPress={() => signIn.mutate()}>
        {t('signIn.passkey')}
      </Button>
      <p className="mt-2 text-[0.9375rem] text-soft">{t('signIn.passkeyText')}</p>
    </div>
  );
}
