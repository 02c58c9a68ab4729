import { REASON_CODES } from '../../src/core/readiness/reason';
import { REFUSAL_REASONS } from '../../src/evidence/inlet/reading/refusal-reasons';
import { filesUnder, read } from './source-tree';

type Catalogue = { [key: string]: string | Catalogue };

const PRODUCT = 'Sonae 備え';
const LANGUAGES = ['ja', 'en'] as const;
// Plural forms are the language's own affair.
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** All sentences by their dotted keys, plural forms under one key. */
function sentences(catalogue: Catalogue, prefix = ''): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of Object.entries(catalogue)) {
    const key = prefix + name;
    const inner =
      typeof value === 'string' ? [[key.replace(PLURAL, ''), [value]] as const] : sentences(value, `${key}.`);
    for (const [at, texts] of inner) found.set(at, [...(found.get(at) ?? []), ...texts]);
  }
  return found;
}

/** The parameters a sentence is filled in with: `{{dueOn}}`, `{{ count, number }}`. */
const parametersOf = (texts: readonly string[] = []): string[] =>
  [...new Set(texts.flatMap((text) => [...text.matchAll(/\{\{-?\s*([\w.]+)/g)].map(([, name]) => name ?? '')))].sort();

const load = (path: string): Map<string, string[]> => sentences(JSON.parse(read(path)) as Catalogue);
const FOLDERS = ['src/messages', 'web/src/messages'].filter((folder) => filesUnder(folder).length > 0);

describe.each(FOLDERS)('the catalogues in %s', (folder) => {
  const [ja, en] = LANGUAGES.map((language) => load(`${folder}/${language}.json`)) as [
    Map<string, string[]>,
    Map<string, string[]>,
  ];

  it('have the same keys', () => {
    expect([...ja.keys()].filter((key) => !en.has(key))).toEqual([]);
    expect([...en.keys()].filter((key) => !ja.has(key))).toEqual([]);
  });

  it('fill in the same parameters', () => {
    const differing = [...ja.keys()].filter(
      (key) => parametersOf(ja.get(key)).join() !== parametersOf(en.get(key)).join(),
    );
    expect(differing).toEqual([]);
  });

  it('leave no sentence empty', () => {
    for (const catalogue of [ja, en])
      expect([...catalogue].filter(([, texts]) => texts.some((text) => text.trim() === ''))).toEqual([]);
  });

  it('speak no Japanese in English', () => {
    const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
    const mixed = [...en].filter(
      ([key, texts]) => !/language|locale/i.test(key) && texts.some((text) => japanese.test(text.replace(PRODUCT, ''))),
    );
    expect(mixed.map(([key]) => key)).toEqual([]);
  });
});

describe.each(LANGUAGES)('the reasons in %s', (language) => {
  const catalogue = load(`src/messages/${language}.json`);

  it.each(REASON_CODES)('have a sentence for %s', (code) => {
    expect(catalogue.get(`reason.${code}`)).toHaveLength(1);
  });

  it('have none for what no rule says', () => {
    const unsaid = [...catalogue.keys()]
      .filter((key) => key.startsWith('reason.'))
      .filter((key) => !REASON_CODES.some((code) => key === `reason.${code}`));
    expect(unsaid).toEqual([]);
  });
});

describe('the reasons', () => {
  it('are named once each', () => {
    expect(new Set(REASON_CODES).size).toBe(REASON_CODES.length);
  });
});

describe('why a message to an inlet is refused', () => {
  const sentencesOf = load('src/messages/ja.json');
  const sources = filesUnder('src/evidence/inlet').filter((path) => !/spec|refusal-reasons/.test(path));
  const code = sources.map(read).join('\n');

  it('has a sentence for each reason, and no other', () => {
    const worded = [...sentencesOf.keys()].filter((key) => key.startsWith('refusal.'));
    expect(worded.sort()).toEqual(REFUSAL_REASONS.map((reason) => `refusal.${reason}`).sort());
  });

  it.each(REFUSAL_REASONS.filter((reason) => reason !== 'AS_TOLD'))('is told as %s, in Japanese', (reason) => {
    expect(code).toContain(`'${reason}'`);
    expect(sentencesOf.get(`refusal.${reason}`)?.join()).toMatch(/\p{Script=Hiragana}/u);
  });
});
