import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/feedback';
import { buttonClass } from '../../ui/button';

/** The way to the office's own sign-in, and what went wrong there when it sent the person back. */
export function OidcSignIn({ returnTo, problem }: { returnTo: string; problem: string | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="mb-8">
      {problem && (
        <div className="mb-4">
          <Notice look="error" title={t(`domain:problem.${problem}`, { defaultValue: t('problem.unknown') })} />
        </div>
      )}
      {/* The browser leaves these pages: no link of the router. */}
      <a
        href={`/api/v1/auth/oidc/start?${new URLSearchParams({ return: returnTo })}`}
        className={`${buttonClass('primary')} w-full`}
      >
        {t('signIn.oidc')}
      </a>
      <p className="mt-6 text-soft">{t('signIn.orPassword')}</p>
    </div>
  );
}
