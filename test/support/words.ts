import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';

export type Locale = 'ja' | 'en';

/** A text of the pages by its key; keys of the words shared with mails begin with `domain:`. */
export type Words = (key: string, values?: Record<string, unknown>) => string;

const ROOT = join(__dirname, '..', '..');
const CATALOGUES = { web: 'web/src/messages', domain: 'src/messages' };

/** The texts of the pages in one language, out of the catalogues that the pages are built with. Throws on a key that is in none. */
export function wordsOf(locale: Locale): Words {
  const catalogue = createInstance();
  const texts = Object.entries(CATALOGUES).map(([name, folder]) => [
    name,
    JSON.parse(readFileSync(join(ROOT, folder, `${locale}.json`), 'utf8')) as object,
  ]);
  void catalogue.init({
    lng: locale,
    resources: { [locale]: Object.fromEntries(texts) as Record<string, object> },
    ns: Object.keys(CATALOGUES),
    defaultNS: 'web',
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  return (key, values = {}) => {
    if (!catalogue.exists(key, values)) throw new Error(`no text ${key} in ${locale}`);
    return catalogue.t(key, values);
  };
}
