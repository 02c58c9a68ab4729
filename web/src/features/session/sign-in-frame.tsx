import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../shell/language-switch';

/** What surrounds the pages before the sign-in: they have no navigation. */
export function SignInFrame({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={`mx-auto p-4 sm:pt-16 ${wide ? 'max-w-2xl' : 'max-w-md'}`}>
      <header className="no-print mb-8 flex items-center justify-between gap-4">
        <p className="text-[1.25rem] font-700">{t('shell.product')}</p>
        <LanguageSwitch />
      </header>
      <main>{children}</main>
    </div>
  );
}
