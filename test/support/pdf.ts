import { inflateSync } from 'node:zlib';

/** The words of each sheet of a PDF as Chromium prints it; where runs of letters end there is a space. Spaces and punctuation are not exact. */
export function pdfPages(pdf: Buffer): string[] {
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of pdf.toString('latin1').matchAll(/(\d+) 0 obj\s*([\s\S]*?)endobj/g))
    objects.set(id, body);
  const isPage = (body: string): boolean => /\/Type\s*\/Page\b(?!s)/.test(body);
  return [...objects.values()].filter(isPage).map((page) => wordsOf(page, objects));
}

function wordsOf(page: string, objects: Map<string, string>): string {
  const resources = /\/Resources (\d+) 0 R/.exec(page)?.[1];
  const fonts = new Map<string, Letters>();
  for (const [, name = '', id = ''] of `${page}${(resources && objects.get(resources)) ?? ''}`.matchAll(
    /\/(F\d+) (\d+) 0 R/g,
  ))
    fonts.set(name, lettersOf(objects.get(id) ?? '', objects));
  const contents = [...page.matchAll(/\/Contents (\d+) 0 R/g)].map(([, id = '']) => streamOf(objects.get(id) ?? ''));
  let letters: Letters = { digits: 4, of: new Map() };
  let words = '';
  for (const [, font, hex, end] of contents.join('\n').matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|(\bET\b)/g)) {
    if (font) letters = fonts.get(font) ?? letters;
    else if (end) words += ' ';
    else
      for (const code of hex?.match(new RegExp(`.{${letters.digits}}`, 'g')) ?? [])
        words += letters.of.get(parseInt(code, 16)) ?? '';
  }
  // Fonts name some letters by their twins among the radicals.
  return words.normalize('NFKC');
}

/** What the codes of a font stand for, and of how many hexadecimal digits they are. */
interface Letters {
  digits: number;
  of: Map<number, string>;
}

function lettersOf(font: string, objects: Map<string, string>): Letters {
  const map = streamOf(objects.get(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1] ?? '') ?? '');
  const letters = new Map<number, string>();
  const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, block = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', to = ''] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      letters.set(parseInt(code, 16), utf16(to));
  for (const [, block = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', through = '', to = ''] of block.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g,
    ))
      for (let code = parseInt(from, 16); code <= parseInt(through, 16); code += 1)
        letters.set(code, String.fromCodePoint(parseInt(to, 16) + code - parseInt(from, 16)));
  return { digits: /begincodespacerange\s*<([0-9A-Fa-f]+)>/.exec(map)?.[1]?.length ?? 4, of: letters };
}

function streamOf(body: string): string {
  const data = /stream\r?\n([\s\S]*?)\nendstream/.exec(body)?.[1];
  if (data === undefined) return '';
  return body.includes('FlateDecode') ? inflateSync(Buffer.from(data, 'latin1')).toString('latin1') : data;
}
