import { judgeAttachment, MOST_ATTACHMENT_BYTES } from './attachment-type';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A ZIP of one entry without content, under a name. */
function zip(name: string): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length, 16);
  return Buffer.concat([local, Buffer.from(name), entry, Buffer.from(name), end]);
}

describe('a file beside a record', () => {
  it.each([
    ['a.pdf', bytes('%PDF-1.7 x'), 'application/pdf'],
    ['a.PNG', bytes('\x89PNG\r\n\x1a\nx'), 'image/png'],
    ['a.jpg', bytes('\xff\xd8\xff\xe0'), 'image/jpeg'],
    ['a.jpeg', bytes('\xff\xd8\xff\xe0'), 'image/jpeg'],
    ['記録.txt', Buffer.from('復元'), 'text/plain'],
    ['a.log', Buffer.from('ok'), 'text/plain'],
    ['a.csv', Buffer.from('a,b\n1,2'), 'text/csv'],
    ['a.json', Buffer.from('{"a":1}'), 'application/json'],
    ['a.xlsx', zip('xl/workbook.xml'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('%s is what its content is', (name, content, mediaType) => {
    expect(judgeAttachment(name, content)).toEqual({ mediaType });
  });

  it.each([
    ['page.pdf', Buffer.from('<html>'), 'FILE_NOT_WHAT_IT_SAYS'],
    ['a.json', Buffer.from('{"a":'), 'FILE_NOT_WHAT_IT_SAYS'],
    ['a.txt', bytes('\xe9'), 'FILE_NOT_WHAT_IT_SAYS'],
    ['a.csv', Buffer.from('a\0b'), 'FILE_NOT_WHAT_IT_SAYS'],
    ['a.xlsx', zip('word/document.xml'), 'FILE_NOT_WHAT_IT_SAYS'],
    ['a.xlsx', zip('xl/workbook.xml').subarray(0, -5), 'FILE_NOT_WHAT_IT_SAYS'],
    ['a.xlsx', Buffer.from('PK'), 'FILE_NOT_WHAT_IT_SAYS'],
    ['a.svg', Buffer.from('<svg/>'), 'FILE_TYPE_NOT_ALLOWED'],
    ['a.constructor', Buffer.from('x'), 'FILE_TYPE_NOT_ALLOWED'],
    ['pdf', Buffer.from('%PDF-'), 'FILE_TYPE_NOT_ALLOWED'],
    ['a.txt', Buffer.alloc(0), 'FILE_EMPTY'],
    ['a.txt', Buffer.alloc(MOST_ATTACHMENT_BYTES + 1, 'x'), 'FILE_TOO_LARGE'],
  ])('%s is refused when it is not (%#)', (name, content, fault) => {
    expect(judgeAttachment(name, content)).toEqual({ fault });
  });

  it('of the largest size is kept', () => {
    expect(judgeAttachment('a.txt', Buffer.alloc(MOST_ATTACHMENT_BYTES, 'x'))).toEqual({ mediaType: 'text/plain' });
  });
});
