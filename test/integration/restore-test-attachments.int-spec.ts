import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { writeXlsx } from '../support/xlsx-file';

let app: TestApp;
let operator: Client;

beforeAll(async () => {
  app = await startTestApp('restore test attachments');
  operator = await app.as('operator');
});
afterAll(() => app.stop());

async function recorded(): Promise<string> {
  const { id } = await registerSystem(app, { tier: 'MODERATE', rto: 'PT4H', rpo: 'P1D' }, 'owner');
  const { body } = await operator.post(`/systems/${id}/restore-tests`, {
    ...{ restored: '申請データベース', fromCopy: 'テープ' },
    ...{ startedAt: '2026-11-22T05:00:00Z', finishedAt: '2026-11-22T06:30:30Z' },
  });
  return body.id;
}

function attach(id: string, name: string, content: string | Buffer, by: Client = operator): Promise<Answer> {
  const body = new FormData();
  body.set('file', new Blob([content as never], { type: 'text/html' }), name);
  return by.ask('POST', `/restore-tests/${id}/attachments`, { body });
}

/** A workbook of one cell. */
async function workbook(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'sonae-workbook-'));
  try {
    const rows = '<row r="1"><c r="A1"><v>12345</v></c></row>';
    return readFileSync(await writeXlsx(join(folder, 'a.xlsx'), { sheets: [{ name: '件数', rows }] }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const listed = async (id: string): Promise<Answer['body'][]> =>
  (await operator.get(`/restore-tests/${id}/attachments`)).body;
const errorsOf = ({ status, body }: Answer): unknown => [
  status,
  ...(body.errors ?? []).map(({ field, code }: { field: string; code: string }) => `${field} ${code}`),
];

describe('a file beside a restore test', () => {
  it('is kept with its digest, and saved rather than shown', async () => {
    const id = await recorded();
    const text = '復元の記録\n';
    const { status, body } = await attach(id, '記録 (1).txt', text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(status).toBe(201);
    expect(body).toMatchObject({ fileName: '記録 (1).txt', mediaType: 'text/plain', sizeBytes: 16, sha256 });
    expect(body).not.toHaveProperty('content');
    expect(await listed(id)).toEqual([body]);
    const sent = await operator.get(`/attachments/${body.id}`);
    expect([sent.status, sent.body]).toEqual([200, text]);
    expect(sent.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('記録')}%20%281%29.txt`,
    );
    expect(sent.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(sent.headers.get('x-content-type-options')).toBe('nosniff');
    expect(sent.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  });

  it('comes back byte by byte', async () => {
    const id = await recorded();
    const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(Array.from({ length: 256 }, (_, i) => i))]);
    const { body } = await attach(id, 'a.pdf', content);
    expect(body).toMatchObject({ mediaType: 'application/pdf', sizeBytes: content.length });
    const [row] = await app.database.query<{ kept: Buffer }>(
      'SELECT content AS kept FROM restore_test_attachment WHERE id = $1',
      [body.id],
    );
    expect(content.equals(row?.kept ?? Buffer.alloc(0))).toBe(true);
  });

  it('of every type is sent back as that type, whatever the sender called it', async () => {
    const id = await recorded();
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const files: [string, Buffer, string][] = [
      ['画面.png', png, 'image/png'],
      ['写真.JPG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'image/jpeg'],
      ['結果.json', Buffer.from('{"restored":12345}'), 'application/json'],
      ['件数.csv', Buffer.from('\ufeff表,件数\n申請,12345\n'), 'text/csv'],
      ['一覧.xlsx', await workbook(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ];
    for (const [name, content, mediaType] of files) {
      const { status, body } = await attach(id, name, content);
      expect([status, body.fileName, body.mediaType]).toEqual([201, name, mediaType]);
      const sent = await operator.get(`/attachments/${body.id}`);
      expect(sent.headers.get('content-type')?.split(';')[0]).toBe(mediaType);
      expect(sent.headers.get('content-disposition')).toMatch(/^attachment;/);
    }
  });

  it('that is two things at once is saved as what it says and never shown, and a ZIP is never unpacked', async () => {
    const id = await recorded();
    const both = '%PDF-1.7\n<html><script>alert(document.domain)</script></html>';
    const { body } = await attach(id, 'both.pdf', both);
    const sent = await operator.get(`/attachments/${body.id}`);
    expect(sent.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(sent.headers.get('x-content-type-options')).toBe('nosniff');
    expect(sent.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    // Of the workbook only the directory is read: how large its parts say that they are makes no difference.
    const bomb = await workbook();
    for (let at = bomb.indexOf('PK\u0001\u0002'); at >= 0; at = bomb.indexOf('PK\u0001\u0002', at + 4))
      bomb.writeUInt32LE(0xffff_fff0, at + 24);
    expect((await attach(id, 'bomb.xlsx', bomb)).status).toBe(201);
    const other = Buffer.concat([bomb.subarray(0, 200), Buffer.from('<html>')]);
    expect(errorsOf(await attach(id, 'cut.xlsx', other))).toEqual([422, 'file FILE_NOT_WHAT_IT_SAYS']);
  });

  it('that is nested as deeply as its size allows is answered like any other', async () => {
    const id = await recorded();
    const half = (5 * 1024 * 1024) / 2;
    expect(errorsOf(await attach(id, 'open.json', '['.repeat(half)))).toEqual([422, 'file FILE_NOT_WHAT_IT_SAYS']);
    const deep = await attach(id, 'deep.json', `${'['.repeat(half)}${']'.repeat(half)}`);
    expect([201, 422]).toContain(deep.status);
    expect((await attach(id, 'a.json', '{}')).status).toBe(201);
  });

  it('loses the folders and the turned signs of its name', async () => {
    const id = await recorded();
    expect((await attach(id, '../../etc/a.txt', 'x')).body.fileName).toBe('a.txt');
    expect((await attach(id, 'C:\\log\\b\u202Etxt.csv', 'y')).body.fileName).toBe('btxt.csv');
    const { status, body } = await attach(id, `${'記'.repeat(300)}.csv`, 'z');
    expect([status, body.fileName]).toEqual([201, `${'記'.repeat(196)}.csv`]);
  });

  it('is refused with its reason when it is not what it says, and nothing is kept', async () => {
    const id = await recorded();
    const html = '<html><script>alert(1)</script></html>';
    expect(errorsOf(await attach(id, 'a.pdf', html))).toEqual([422, 'file FILE_NOT_WHAT_IT_SAYS']);
    expect(errorsOf(await attach(id, 'a.html', html))).toEqual([422, 'file FILE_TYPE_NOT_ALLOWED']);
    expect(errorsOf(await attach(id, 'a.svg', '<svg/>'))).toEqual([422, 'file FILE_TYPE_NOT_ALLOWED']);
    expect(errorsOf(await attach(id, 'a.txt', ''))).toEqual([422, 'file FILE_EMPTY']);
    const large = Buffer.alloc(5 * 1024 * 1024 + 1, 'x');
    expect(errorsOf(await attach(id, 'a.txt', large))).toEqual([413, 'file FILE_TOO_LARGE']);
    expect((await attach(id, 'b.txt', large.subarray(1))).status).toBe(201);
    expect(await listed(id)).toHaveLength(1);
  });

  it('is one however often it is sent, and five are the most even at once', async () => {
    const id = await recorded();
    const first = await attach(id, 'a.txt', '0');
    expect((await attach(id, 'again.txt', '0')).body).toEqual(first.body);
    const more = await Promise.all(Array.from({ length: 6 }, (_, i) => attach(id, 'a.txt', String(i + 1))));
    expect(more.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 409, 409]);
    expect(errorsOf(await attach(id, 'a.txt', '9'))).toEqual([409, 'file TOO_MANY']);
    expect(await listed(id)).toHaveLength(5);
    const told = await app.database.query(
      `SELECT after FROM audit_event WHERE action = 'restore_test.file_added' AND record_id = $1`,
      [id],
    );
    expect(told).toHaveLength(5);
  });

  it('never changes, and is kept from who may not see the system', async () => {
    const id = await recorded();
    const { body } = await attach(id, 'a.txt', 'x');
    for (const edit of [`UPDATE restore_test_attachment SET file_name = 'x'`, 'DELETE FROM restore_test_attachment'])
      await expect(app.database.query(edit)).rejects.toThrow('never edited');
    const outsider = await app.as('outsider');
    expect((await outsider.get(`/attachments/${body.id}`)).body.code).toBe('ATTACHMENT_NOT_FOUND');
    expect((await outsider.get(`/restore-tests/${id}/attachments`)).body.code).toBe('RESTORE_TEST_NOT_FOUND');
    expect((await attach(id, 'b.txt', 'y', outsider)).body.code).toBe('RESTORE_TEST_NOT_FOUND');
    expect((await attach(id, 'b.txt', 'y', await app.as('auditor'))).status).toBe(403);
    expect((await (await app.as('auditor')).get(`/attachments/${body.id}`)).status).toBe(200);
  });
});
