import { fileWriter, tabularErrorOf, temporaryFolder } from '../../../../test/support/tables';
import { detectEncoding, EncodingChoice } from './detect-encoding';
import { encodeText, TextEncoding } from './text-encodings';

const write = fileWriter(temporaryFolder());
const written = (text: string, encoding: TextEncoding) => write(encodeText(text, encoding).bytes);
const bytes = (...values: (number | string)[]) =>
  write(Buffer.concat(values.map((value) => (typeof value === 'number' ? Buffer.of(value) : Buffer.from(value)))));

const JAPANESE = '名称,所管,備考\n情報システム,デジタル庁,可\n申請受付,総務省,"否、検討中"\n';
const FRENCH = 'nom,remarque\nSystème d’état,été à Québec – “élément” répété\nÉcole,noël où\n';

describe('detectEncoding', () => {
  it.each<[TextEncoding, string, string]>([
    ['utf-8', 'ASCII', 'name,owner\na,b\n'],
    ['utf-8', 'Japanese', JAPANESE],
    ['utf-8', 'a byte order mark', `\uFEFF${JAPANESE}`],
    ['utf-16le', 'a byte order mark', `\uFEFF${JAPANESE}`],
    ['utf-16be', 'a byte order mark', `\uFEFF${JAPANESE}`],
    ['cp932', 'Japanese', JAPANESE],
    ['cp932', 'one kanji alone in its cell', 'id,active\n1,有\n2,\n'],
    ['cp932', 'a circle for yes', 'id,DR,backup\n1,○,\n'],
    ['cp932', 'half-width katakana', 'id,name\n1,ｼｽﾃﾑ\n2,ﾊﾞｯｸｱｯﾌﾟ\n'],
    ['cp932', 'kanji between Latin letters', 'id,name\n1,AI開発、DX推進\n2,Web公開のCMS更新\n'],
    ['cp932', 'a long word that touches a Latin one', 'id,v\n1,一般社団法人WheeLog\n'],
    ['windows-1252', 'French', FRENCH],
    ['windows-1252', 'an accent behind a curly apostrophe', 'v\nl’État d’été\n'],
    ['windows-1252', 'a word that CP932 reads as a private character', 'v\nöl.\n'],
    ['windows-1252', 'hard spaces only', 'v\na\xA0\xA0b\n'],
    ['windows-1252', 'German', 'Größe;Straße\nMünchen „Süd“;5 €\n'],
    ['windows-1252', 'one curly apostrophe, which CP932 reads as a kanji', "name\nthe department's and don’t,x\n"],
    ['windows-1252', 'accents that CP932 reads as kanji', 'nom\nélémentaire,répétées,Québec\n'],
  ])('finds %s by %s', async (encoding, _, text) => {
    expect(await detectEncoding(written(text, encoding))).toBe(encoding);
  });

  it('looks at the whole file, not at its beginning', async () => {
    const ascii = 'a,b\n'.repeat(50_000);
    expect(await detectEncoding(written(`${ascii}氏名,ソフト\n`, 'cp932'))).toBe('cp932');
    expect(await detectEncoding(written(`${ascii}氏名,ソフト\n`, 'utf-8'))).toBe('utf-8');
    expect(await detectEncoding(written(`${ascii}Québec\n`, 'windows-1252'))).toBe('windows-1252');
  });

  it.each<[string, string]>([
    ['EUC-JP', 'bbe1cca32cc6fccbdcb8ec0aa5b7a5b9a5c6a5e02ca4b3a4f3a4cb0a'],
    ['ISO-2022-JP', '69640a1b2442467c4b5c386c1b28420a'],
    ['Cyrillic', 'cff0e8e2e5f22cecc8f00aced2c4c5cb0a'],
  ])('asks the person when the file is %s', async (_, hex) => {
    const error = await tabularErrorOf(detectEncoding(write(Buffer.from(hex, 'hex'))));
    expect(error.code).toBe('ENCODING_UNKNOWN');
  });

  it('calls a damaged UTF-8 file damaged and does not read it as something else', async () => {
    const error = await tabularErrorOf(detectEncoding(bytes('名称\n東京', 0xff, '都\n')));
    expect(error).toMatchObject({ code: 'ENCODING_MISMATCH', byteOffset: 13, line: 2, details: { encoding: 'utf-8' } });
  });

  it.each<[EncodingChoice, TextEncoding]>([
    ['utf-8', 'utf-8'],
    ['utf-16', 'utf-16le'],
    ['utf-16', 'utf-16be'],
    ['cp932', 'cp932'],
  ])('takes %s from the person for a file in %s without a mark', async (choice, encoding) => {
    expect(await detectEncoding(written(JAPANESE, encoding), choice)).toBe(encoding);
  });

  it.each<[EncodingChoice, string, number, number, (string | number)[]]>([
    ['utf-8', 'a Windows-1252 letter', 9, 2, ['a,b\ncaf,x', 0xe9, 'tail\n']],
    ['utf-8', 'a character cut off at the end', 4, 2, ['a,b\n', 0xe3, 0x81]],
    ['utf-8', 'a fault far behind', 400_000, 100_001, ['a,b\n'.repeat(100_000), 0xe3, 0x81, 'x\n']],
    ['cp932', 'an unassigned pair', 6, 1, ['a', 0x83, 0x5c, 'b', 0x83, 0x5c, 0x85, 0x40, '\n']],
    ['cp932', 'the mark of UTF-8', 0, 1, ['\uFEFFa,b\n']],
    ['windows-1252', 'an undefined byte', 4, 2, ['a,b\n', 0x81]],
    ['windows-1252', 'the mark of UTF-16', 0, 1, [0xff, 0xfe, 'a', 0, '\n', 0]],
    ['utf-16', 'half a character at the end', 4, 1, [0xff, 0xfe, 'a', 0, 'b']],
    ['utf-16', 'half a surrogate pair', 4, 1, [0xfe, 0xff, 0, 'a', 0xd8, 0, 0, 'b']],
  ])('refuses %s for %s at byte %i on line %i', async (choice, _, byteOffset, line, content) => {
    const error = await tabularErrorOf(detectEncoding(bytes(...content), choice));
    expect(error).toMatchObject({ code: 'ENCODING_MISMATCH', byteOffset, line });
  });

  it.each<EncodingChoice>(['auto', 'utf-8', 'cp932', 'windows-1252'])('refuses NUL bytes as %s', async (choice) => {
    expect((await tabularErrorOf(detectEncoding(bytes('a,b\n', 0, 'c'), choice))).code).toBe('FILE_NOT_TEXT');
  });

  it('finds the faulty byte wherever chunks end', async () => {
    for (let pad = 65_530; pad <= 65_540; pad += 1) {
      const content = [`${'x'.repeat(pad)}`, '漢', 0xe6, 0xbc, 'y'];
      expect(await tabularErrorOf(detectEncoding(bytes(...content), 'utf-8'))).toMatchObject({ byteOffset: pad + 3 });
    }
  });
});
