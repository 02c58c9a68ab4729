import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type domainWords from 'domain-messages/ja.json';
import type pageWords from './messages/ja.json';
import type { Locale } from './api/types';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: ['web', 'domain'];
    resources: { web: typeof pageWords; domain: typeof domainWords };
  }
}

const CATALOGUES: Record<Locale, () => Promise<{ web: object; domain: object }>> = {
  ja: async () => ({
    web: (await import('./messages/ja.json')).default,
    domain: (await import('domain-messages/ja.json')).default,
  }),
  en: async () => ({
    web: (await import('./messages/en.json')).default,
    domain: (await import('domain-messages/en.json')).default,
  }),
};

const REMEMBERED = 'sonae.locale';

function remembered(): Locale {
  const stored = localStorage.getItem(REMEMBERED);
  if (stored === 'ja' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

/** Loads the catalogues of a language, switches the pages to it and remembers it for the sign-in page. */
export async function speak(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'web')) {
    const { web, domain } = await CATALOGUES[locale]();
    i18next.addResourceBundle(locale, 'web', web);
    i18next.addResourceBundle(locale, 'domain', domain);
  }
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  localStorage.setItem(REMEMBERED, locale);
}

/** Starts in the language remembered on this browser; the account's own language follows once it is known. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: remembered(),
    resources: {},
    ns: ['web', 'domain'],
    defaultNS: 'web',
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await speak(remembered());
}
