import { createInstance, i18n } from 'i18next';
import en from '../../messages/en.json';
import ja from '../../messages/ja.json';

export const LOCALES = ['ja', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const catalogue: i18n = createInstance();
void catalogue.init({
  resources: { ja: { translation: ja }, en: { translation: en } },
  fallbackLng: 'ja',
  initAsync: false,
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** The sentence for `key` in `locale`. Sentences are plain text: whoever puts one into HTML escapes it there. */
export function message(locale: Locale, key: string, params: Readonly<Record<string, unknown>> = {}): string {
  return catalogue.t(key, { lng: locale, ...params });
}

export function hasMessage(key: string): boolean {
  return catalogue.exists(key, { lng: 'ja' });
}

/** The language to answer in, from an `Accept-Language` header: the first of ours that is named, else Japanese. */
export function negotiateLocale(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const quality = rest.map((item) => /^\s*q=([\d.]+)/.exec(item)?.[1]).find(Boolean);
      return { language: tag.toLowerCase().split('-')[0], quality: quality ? Number(quality) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return (wanted.find(({ language }) => LOCALES.includes(language as Locale))?.language as Locale) ?? 'ja';
}
