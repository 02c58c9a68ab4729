import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { isProblem } from '../../api/problem';
import type { Factor, SignInState } from '../../api/types';
import { Button } from '../../ui/button';
import { ProblemNotice } from '../../ui/feedback';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';
import { canUsePasskeys, showPasskey, withoutField } from '../factors/passkeys/passkey';

interface SecondStepProps {
  factors: Factor[];
  onDone: (reached: SignInState) => Promise<void>;
  /** It took too long, or the person gave up. */
  onEnd: (because: 'lapsed' | 'left') => void;
}

const ORDER: Factor[] = ['PASSKEY', 'TOTP', 'RECOVERY_CODE'];

/** The second factor: the one that is easiest for who has several, and the way to the others. */
export function SecondStep({ factors, onDone, onEnd }: SecondStepProps) {
  const { t } = useTranslation();
  const usable = ORDER.filter((factor) => factors.includes(factor) && (factor !== 'PASSKEY' || canUsePasskeys()));
  const [chosen, setChosen] = useState<Factor>(usable[0] ?? 'RECOVERY_CODE');
  const leave = useMutation({ mutationFn: () => api.post('/auth/logout'), onSuccess: () => onEnd('left') });
  /** Half a sign-in lives ten minutes; after them one begins again. */
  const timely = async (step: () => Promise<SignInState>) => {
    try {
      return await step();
    } catch (error) {
      if (isProblem(error, 401)) onEnd('lapsed');
      throw error;
    }
  };
  const others = usable.filter((factor) => factor !== chosen);
  return (
    <>
      {chosen === 'PASSKEY' ? (
        <PasskeyStep timely={timely} onDone={onDone} />
      ) : (
        <CodeStep key={chosen} factor={chosen} timely={timely} onDone={onDone} />
      )}
      <div className="mt-8 grid justify-items-start gap-2 border-t border-line pt-6">
        {others.length > 0 && <p className="text-soft">{t('signIn.otherWays')}</p>}
        {others.map((factor) => (
          <Button key={factor} onPress={() => setChosen(factor)}>
            {t(`signIn.way.${factor}`)}
          </Button>
        ))}
        <Button look="quiet" isPending={leave.isPending} onPress={() => leave.mutate()}>
          {t('signIn.giveUp')}
        </Button>
      </div>
    </>
  );
}

interface StepProps {
  timely: (step: () => Promise<SignInState>) => Promise<SignInState>;
  onDone: (reached: SignInState) => Promise<void>;
}

function PasskeyStep({ timely, onDone }: StepProps) {
  const { t } = useTranslation();
  const show = useMutation({
    mutationFn: () =>
      timely(async () => {
        const credential = await showPasskey('/auth/second-factor/passkey/options', t);
        return withoutField(api.post<SignInState>('/auth/second-factor/passkey', { credential }));
      }),
    onSuccess: onDone,
  });
  return (
    <div className="grid gap-4">
      {show.error && <ProblemNotice error={show.error} />}
      <p>{t('signIn.secondPasskeyText')}</p>
      <div>
        <Button look="primary" icon="key" isPending={show.isPending} onPress={() => show.mutate()}>
          {t('signIn.secondPasskey')}
        </Button>
      </div>
    </div>
  );
}

function CodeStep({ factor, timely, onDone }: StepProps & { factor: 'TOTP' | 'RECOVERY_CODE' }) {
  const { t } = useTranslation();
  const isTotp = factor === 'TOTP';
  const form = useForm({
    initial: { code: '' },
    required: () => ['code'],
    save: ({ code }) =>
      timely(() =>
        api.post<SignInState>(`/auth/second-factor/${isTotp ? 'totp' : 'recovery-code'}`, { code: code.trim() }),
      ),
    onSaved: (reached) => {
      if (!isTotp) announce(t('signIn.recoveryUsed'));
      void onDone(reached);
    },
  });
  const labels = { code: t(isTotp ? 'factors.code' : 'factors.recoveryCode') };
  return (
    <Form {...form} onSubmit={form.submit} labels={labels} submit={t('signIn.secondSubmit')}>
      <TextField
        {...form.bind('code')}
        label={labels.code}
        hint={t(isTotp ? 'signIn.totpHint' : 'signIn.recoveryHint')}
        {...(isTotp && { inputMode: 'numeric' })}
        autoComplete={isTotp ? 'one-time-code' : 'off'}
      />
    </Form>
  );
}
