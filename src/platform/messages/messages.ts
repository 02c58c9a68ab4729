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
  returnNull: false,
});

const PARAMETER = /\{\{\s*(\w+)\s*\}\}/;

/** What was found once: the text before a parameter, its name, the text after it, and so on. A digest has hundreds of sentences. */
const found = new Map<string, readonly string[]>();

function partsOf(locale: Locale, key: string): readonly string[] {
  const name = `${locale} ${key}`;
  const known = found.get(name);
  if (known) return known;
  const parts = catalogue.t(key, { lng: locale, skipInterpolation: true }).split(PARAMETER);
  // Of keys that are in no catalogue there may be any number.
  if (hasMessage(key)) found.set(name, parts);
  return parts;
}

/**
 * The sentence for `key` in `locale`, or the key itself when there is none. Parameters are put in as they are, absent ones as nothing.
 * Sentences are plain text: whoever puts one into HTML escapes it there.
 */
export function message(locale: Locale, key: string, params: Readonly<Record<string, unknown>> = {}): string {
  return partsOf(locale, key)
    .map((part, at) => (at % 2 === 0 ? part : String(params[part] ?? '')))
    .join('');
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
