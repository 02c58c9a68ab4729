import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';

let service: TestApp;
let admin: Client;

beforeAll(async () => {
  service = await startTestApp('http writes');
  admin = await service.as('admin');
});
afterAll(() => service?.stop());

const codeOf = ({ status, body }: Answer): unknown[] => [status, body.code];

let people = 0;
const unique = (): string => `person-${++people}@sonae.example`;

describe('a change', () => {
  let id: string;
  let etag: string;

  beforeAll(async () => {
    const { body, headers } = await admin.post('/users', { email: unique(), displayName: '版 一' });
    [id, etag] = [body.id, headers.get('etag') ?? ''];
  });

  it('needs to say which version it is made on', async () => {
    expect(codeOf(await admin.patch(`/users/${id}`, { displayName: 'x' }, null))).toEqual([428, 'IF_MATCH_REQUIRED']);
    for (const tag of ['1', '"x"', '*', '"1", "2"'])
      expect(codeOf(await admin.patch(`/users/${id}`, { displayName: 'x' }, tag))).toEqual([400, 'MALFORMED_IF_MATCH']);
  });

  it('of an old version is refused, and of two at once one', async () => {
    const answers = await Promise.all(
      ['版 二', '版 三'].map((displayName) => admin.patch(`/users/${id}`, { displayName }, etag)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { body, headers } = await admin.get(`/users/${id}`);
    expect([headers.get('etag'), body.displayName]).toEqual([
      '"2"',
      answers.find(({ status }) => status === 200)?.body.displayName,
    ]);
  });

  it('is accepted with a tag that a proxy weakened', async () => {
    expect((await admin.patch(`/users/${id}`, { displayName: '版 四' }, 'W/"2"')).status).toBe(200);
  });

  it('is read in full by who has it already: the same version reads differently to somebody else', async () => {
    const { status, body } = await admin.get(`/users/${id}`, { 'if-none-match': '"3"' });
    expect([status, body.displayName]).toEqual([200, '版 四']);
  });
});

describe('an Idempotency-Key', () => {
  const create = (body: object, key: string, who = admin): Promise<Answer> =>
    who.post('/users', body, { 'idempotency-key': key });

  it('gives the first answer again and does nothing twice', async () => {
    const person = { email: unique(), displayName: '一度 だけ' };
    const [first, again] = [await create(person, 'once'), await create(person, 'once')];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  it('is not taken for another request', async () => {
    await create({ email: unique(), displayName: 'a' }, 'reused');
    expect(codeOf(await create({ email: unique(), displayName: 'a' }, 'reused'))).toEqual([
      422,
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  it('belongs to one person', async () => {
    const outsider = await service.as('outsider');
    await create({ email: unique(), displayName: 'a' }, 'mine');
    expect((await create({ email: unique(), displayName: 'b' }, 'mine', outsider)).status).toBe(201);
  });

  it('of a refused request may be used again', async () => {
    const person = { email: unique(), displayName: '' };
    expect((await create(person, 'retry')).status).toBe(400);
    expect((await create({ ...person, displayName: '直した' }, 'retry')).status).toBe(201);
  });

  it('makes one record of two requests at once', async () => {
    const person = { email: unique(), displayName: '同時' };
    const answers = await Promise.all([1, 2, 3].map(() => create(person, 'race')));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(answers.length - refused.length).toBeGreaterThan(0);
    for (const answer of refused) expect(codeOf(answer)).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS']);
    expect((await admin.get(`/users?q=${person.email}`)).body.items).toHaveLength(1);
  });

  it('is forgotten after a day', async () => {
    await create({ email: unique(), displayName: 'a' }, 'old');
    service.clock.advance({ hours: 11 });
    await admin.get('/me');
    service.clock.advance({ hours: 11 });
    await admin.get('/me');
    service.clock.advance({ hours: 3 });
    expect((await create({ email: unique(), displayName: 'b' }, 'old')).status).toBe(201);
  });

  it('is short and plain', async () => {
    expect(codeOf(await create({ email: unique(), displayName: 'a' }, 'x'.repeat(201)))).toEqual([
      400,
      'MALFORMED_IDEMPOTENCY_KEY',
    ]);
  });
});
