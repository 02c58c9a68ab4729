import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, read, ROOT } from './source-tree';

const DOCUMENTS = [...readdirSync(ROOT), ...filesUnder('docs'), 'test/fixtures/README.md'].filter((path) =>
  path.endsWith('.md'),
);
const RECORDS = filesUnder('docs/adr');

const withoutCode = (text: string): string => text.replace(/^```.*?^```/gms, '');

/** Anchors of the headings of a document, as its host makes them. */
const anchorsOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Links within the repository that lead nowhere. */
function deadLinks(path: string): string[] {
  const links = [...withoutCode(read(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link as string);
  return links.filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
  });
}

/** Files and folders that a document names and that are not there: `src/…` written as code. */
function lostPaths(path: string): string[] {
  const named = [...withoutCode(read(path)).matchAll(/`((?:src|test|web|docs|scripts|bench|\.ci)\/[\w./-]+)`/g)];
  return named.map(([, name]) => name as string).filter((name) => !existsSync(join(ROOT, name)));
}

const SOURCES = [...filesUnder('src', 'test', 'web/src', 'scripts'), 'jest.config.js']
  .filter((path) => /\.(tsx?|m?js|json)$/.test(path) && !path.includes('architecture/documents'))
  .map(read)
  .join('\n');

/** Names of functions, classes and their methods that a document gives and the sources do not have. */
function lostNames(path: string): string[] {
  const text = withoutCode(read(path));
  const methods = [...text.matchAll(/`([A-Z][a-z]\w*)\.([a-z]\w+)`/g)].map(
    ([, type = '', name = '']) => [type, name] as const,
  );
  const names = [...text.matchAll(/`([a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)`/g)].map(([, name]) => name as string);
  const has = (pattern: string): boolean => new RegExp(pattern).test(SOURCES);
  return [
    ...methods
      .filter(([type]) => !(type in globalThis))
      .filter(([type, name]) => !has(`class ${type}\\b`) || !has(`\\b${name}[(<]`))
      .map((pair) => pair.join('.')),
    ...names.filter((name) => !has(`\\b${name}\\b`)),
  ];
}

describe('the documents', () => {
  it.each(DOCUMENTS)('%s links to what is there', (path) => {
    expect(deadLinks(path)).toEqual([]);
  });

  it.each(DOCUMENTS)('%s names files that are there', (path) => {
    expect(lostPaths(path)).toEqual([]);
  });
});

describe('the documents of the code', () => {
  it.each(['docs/architecture.md', 'docs/domain.md', 'AGENTS.md', 'SECURITY.md', ...RECORDS])(
    '%s gives names that are in it',
    (path) => {
      expect(lostNames(path)).toEqual([]);
    },
  );
});

describe('comments', () => {
  it('name pages and decisions that are there', () => {
    const pages = DOCUMENTS.map((path) => path.split('/').at(-1));
    const lost = filesUnder('src', 'test', 'scripts', 'bench', 'web/src')
      .filter((path) => /\.(tsx?|mjs|css)$/.test(path) && !path.startsWith('test/architecture/'))
      .flatMap((path) => {
        const named = [...read(path).matchAll(/\b([a-z-]+\.md)\b/g)].map(([, name]) => name as string);
        const decided = [...read(path).matchAll(/docs\/adr\/(\d{4})/g)].map(([, number]) => number as string);
        return [
          ...named.filter((name) => !pages.includes(name)),
          ...decided.filter((number) => !RECORDS.some((record) => record.includes(`/${number}-`))),
        ].map((name) => `${path}: ${name}`);
      });
    expect(lost).toEqual([]);
  });
});

describe('the decisions', () => {
  it('are numbered without a gap and listed in the architecture', () => {
    expect(RECORDS.length).toBeGreaterThan(10);
    expect(RECORDS.map((path) => Number(/\/(\d{4})-/.exec(path)?.[1]))).toEqual(RECORDS.map((_, index) => index + 1));
    const architecture = read('docs/architecture.md');
    expect(RECORDS.filter((path) => !architecture.includes(path.replace('docs/', '')))).toEqual([]);
  });

  it.each(RECORDS)('%s tells background, decision and consequences in 25 lines', (path) => {
    const text = read(path);
    expect(text.startsWith(`# ${Number(/\/(\d{4})-/.exec(path)?.[1])}. `)).toBe(true);
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'Background',
      'Decision',
      'Consequences',
    ]);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  });
});
