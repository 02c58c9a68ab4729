import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { stateOf } from '../support/state';

let service: TestApp;
let admin: Client;

beforeAll(async () => {
  service = await startTestApp('uploads');
  admin = await service.as('admin');
});
afterAll(() => service.stop());

const MIB = 1024 * 1024;
const csv = new Blob(['code,name\r\nA-1,a\r\n']);

/** A form with these parts, in their order. */
function form(...parts: [string, string | Blob][]): FormData {
  const data = new FormData();
  for (const [name, value] of parts) data.append(name, value);
  return data;
}
const fields = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, index) => [`field${index}`, 'x']);
const text = (boundary: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\ncode,name\r\n`;
const multipart = (boundary: string): Record<string, string> => ({
  'content-type': `multipart/form-data${boundary && `; boundary=${boundary}`}`,
});

const CASES: [string, unknown, Record<string, string>, number, string][] = [
  ['no form', { file: 'code,name' }, {}, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a bare table', 'code,name\r\n', { 'content-type': 'text/csv' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a picture', 'GIF89a', { 'content-type': 'image/gif' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a form without a boundary', text('x'), multipart(''), 400, 'MALFORMED_REQUEST'],
  ['a form that ends in the middle', text('x'), multipart('x'), 400, 'MALFORMED_REQUEST'],
  ['no file', form(['encoding', 'auto']), {}, 400, 'INVALID_FIELDS'],
  ['two files', form(['file', csv], ['file', csv]), {}, 400, 'INVALID_FIELDS'],
  ['many files', form(...Array.from({ length: 20 }, (): [string, Blob] => ['file', csv])), {}, 400, 'INVALID_FIELDS'],
  ['a file by another name', form(['register', csv]), {}, 400, 'INVALID_FIELDS'],
  ['too many fields', form(...fields(11), ['file', csv]), {}, 413, 'BODY_TOO_LARGE'],
  ['a field that is too long', form(['sheet', 'x'.repeat(MIB + 1)], ['file', csv]), {}, 413, 'BODY_TOO_LARGE'],
  ['a file that is too large', form(['file', new Blob([Buffer.alloc(33 * MIB)])]), {}, 413, 'BODY_TOO_LARGE'],
  ['an unknown field', form(['rowVersion', '1'], ['file', csv]), {}, 400, 'UNKNOWN_FIELD'],
  ['a field named as the prototype', form(['__proto__', '{}'], ['file', csv]), {}, 400, 'MALFORMED_REQUEST'],
  ['a file that is no table', form(['file', new Blob([Buffer.from('504b0304ff', 'hex')])]), {}, 422, 'INVALID_FIELDS'],
];

describe('an upload', () => {
  it.each(CASES)('is refused, and nothing is kept of it: %s', async (_what, body, headers, status, code) => {
    const before = await stateOf(service.dataSource);
    for (const path of ['/imports/systems/inspect', '/imports/systems']) {
      const answer = await admin.ask('POST', path, { body, headers });
      // What the file holds is looked at when it is inspected, and by the job of an import.
      if (status === 422 && path === '/imports/systems') continue;
      expect([path, answer.status, answer.body.code]).toEqual([path, status, code]);
    }
    if (status !== 422) expect(await stateOf(service.dataSource)).toEqual(before);
  });

  it('leaves the service answering', async () => {
    const answer: Answer = await admin.ask('POST', '/imports/systems/inspect', { body: form(['file', csv]) });
    expect(answer.status).toBe(200);
  });
});
