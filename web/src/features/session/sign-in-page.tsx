import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form/form';
import { TextField } from '../../ui/form/field';
import { useForm } from '../../ui/form/use-form';
import { Section, PageHeader } from '../../ui/page';
import { LanguageSwitch } from '../shell/language-switch';
import { OidcSignIn } from './oidc-sign-in';
import { hintsQuery, signIn } from './session';

const route = getRouteApi('/sign-in');

/** Only an address of these pages is followed after the sign-in, never another site's. */
function safeReturn(asked: string | undefined): string {
  return asked && /^\/(?![/\\])/.test(asked) ? asked : '/';
}

export function SignInPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const hints = useQuery(hintsQuery).data;
  const form = useForm({
    initial: { email: '', password: '' },
    required: () => ['email', 'password'],
    save: ({ email, password }) => signIn(client, email, password),
    onSaved: async () => {
      await router.invalidate();
      await navigate({ href: safeReturn(search.return), replace: true });
    },
  });
  const labels = { email: t('signIn.email'), password: t('signIn.password') };
  return (
    <div className="mx-auto max-w-md p-4 sm:pt-16">
      <header className="mb-8 flex items-center justify-between gap-4">
        <p className="text-[1.25rem] font-700">{t('shell.product')}</p>
        <LanguageSwitch />
      </header>
      <main>
        <PageHeader title={t('signIn.title')}>
          <p className="mt-1 text-soft">{t('shell.tagline')}</p>
        </PageHeader>
        {hints?.oidc && <OidcSignIn returnTo={safeReturn(search.return)} problem={search.problem} />}
        <Form {...form} onSubmit={form.submit} labels={labels} submit={t('signIn.submit')}>
          <TextField {...form.bind('email')} label={labels.email} type="email" autoComplete="username" />
          <TextField
            {...form.bind('password')}
            label={labels.password}
            type="password"
            autoComplete="current-password"
          />
        </Form>
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
      </main>
    </div>
  );
}
