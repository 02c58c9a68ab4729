import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { SignInState } from '../../api/types';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form/form';
import { TextField } from '../../ui/form/field';
import { useForm } from '../../ui/form/use-form';
import { Section } from '../../ui/page';
import { OidcSignIn } from './oidc-sign-in';
import { PasskeySignIn } from './passkey-sign-in';
import { hintsQuery } from './session';

interface FirstStepProps {
  returnTo: string;
  problem: string | undefined;
  onDone: (reached: SignInState) => Promise<void>;
}

/** Who is it: the office's account, a passkey, or address and password. */
export function FirstStep({ returnTo, problem, onDone }: FirstStepProps) {
  const { t } = useTranslation();
  const hints = useQuery(hintsQuery).data;
  const form = useForm({
    initial: { email: '', password: '' },
    required: () => ['email', 'password'],
    save: (values) => api.post<SignInState>('/auth/login', values),
    onSaved: (reached) => void onDone(reached),
  });
  const labels = { email: t('signIn.email'), password: t('signIn.password') };
  return (
    <>
      {hints?.oidc && <OidcSignIn returnTo={returnTo} problem={problem} />}
      <Form {...form} onSubmit={form.submit} labels={labels} submit={t('signIn.submit')}>
        <TextField {...form.bind('email')} label={labels.email} type="email" autoComplete="username" />
        <TextField {...form.bind('password')} label={labels.password} type="password" autoComplete="current-password" />
      </Form>
      {hints?.passkeys && <PasskeySignIn onDone={onDone} />}
      {hints?.demo && (
        <div className="card mt-8">
          <Section title={t('signIn.demoTitle')}>
            <p className="mb-3 text-[0.9375rem] text-soft">{t('signIn.demoText')}</p>
            <ul className="grid gap-1">
              {hints.accounts.map(({ email, role }) => (
                <li key={email} className="flex flex-wrap items-center justify-between gap-2">
                  <span>
                    {t(`domain:role.${role}`)}
                    <span className="block text-[0.875rem] text-soft">{email}</span>
                  </span>
                  <Button onPress={() => form.set('email', email)} aria-label={t('signIn.useAccount', { email })}>
                    {t('signIn.use')}
                  </Button>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      )}
    </>
  );
}
