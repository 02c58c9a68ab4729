import { hasMessage, LOCALES, message } from '../../src/platform/messages/messages';
import { filesUnder, isSpec, read } from './source-tree';

const SOURCES = filesUnder('src').filter((path) => path.endsWith('.ts') && !isSpec(path));

/** The codes that a pattern finds anywhere in the sources. */
function codes(pattern: RegExp, paths = SOURCES): string[] {
  const found = paths.flatMap((path) => [...read(path).matchAll(pattern)].map(([, code]) => code as string));
  return [...new Set(found)].sort();
}

/** A line of a table whose values are codes. */
const ENTRY = /^ {2}\w+: '([A-Z_]+)',$/gm;

const PROBLEMS = [
  ...codes(/new Problem\(\s*[\w.]+,\s*'([A-Z_]+)'/g),
  ...codes(ENTRY, ['src/platform/http/problem-of.ts']),
];
const FIELDS = [
  ...codes(/fieldProblem\(\s*\d+,\s*[^,]+,\s*'([A-Z_]+)'/g),
  ...codes(/field:? ?[^{}]*?\bcode: '([A-Z_]+)'/g),
  ...codes(ENTRY, ['src/platform/http/validation.ts']),
];

describe('the codes of refusals', () => {
  it('are found in the sources', () => {
    expect(PROBLEMS).toEqual(expect.arrayContaining(['NOT_SIGNED_IN', 'STALE', 'USER_NOT_FOUND']));
    expect(FIELDS).toEqual(expect.arrayContaining(['DUPLICATE', 'UNKNOWN_FIELD']));
  });

  it.each([...new Set(PROBLEMS)])('have a sentence for %s', (code) => {
    for (const locale of LOCALES) expect(message(locale, `problem.${code}`)).not.toBe(`problem.${code}`);
  });

  it.each([...new Set(FIELDS)])('have a sentence for a field that is %s', (code) => {
    expect(hasMessage(`field.${code}`)).toBe(true);
  });
});
