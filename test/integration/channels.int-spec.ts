import { Webhook } from 'standardwebhooks';
import { ChannelDelivery } from '../../src/views/outbox/channels/channel-delivery';
import { ChannelFormer } from '../../src/views/outbox/channels/channel-former';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { register } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Client } from '../support/client';
import { type Receiver, startReceiver } from '../support/receiver';
import { type SmtpServer, startSmtpServer } from '../support/smtp';

const MINUTE_MS = 60_000;

let app: TestApp;
let admin: Client;
let smtp: SmtpServer;
let receiver: Receiver;
let systemId: string;
let names = 0;

beforeAll(async () => {
  smtp = await startSmtpServer();
  app = await startTestApp('channels', {
    // A quarter of an hour before the digests of the morning.
    now: '2026-11-22T22:45:00Z',
    settings: { SMTP_URL: smtp.url, CHANNEL_PRIVATE_RANGES: '127.0.0.1', PUBLIC_URL: 'https://sonae.example' },
  });
  admin = await app.as('admin');
  systemId = await register(centreOf(app), { name: '電子申請' });
  await register(centreOf(app), {
    name: '他省の台帳',
    organisationId: app.world.organisations.otherMinistry,
    ownerId: app.world.people.outsider,
  });
});
beforeEach(async () => {
  receiver = await startReceiver();
  app.clock.set('2026-11-22T22:45:00Z');
});
afterEach(async () => {
  for (const { id } of (await admin.get('/channels')).body.items) await admin.post(`/channels/${id}/end`);
  await app.database.query('DELETE FROM channel_item');
  await app.database.query('DELETE FROM channel_message');
  await receiver.stop();
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

const make = async (kind: string, fields: object = {}, by = admin) =>
  by.post('/channels', {
    ...{ organisationId: app.world.organisations.ministry, name: `通知先 ${(names += 1)}`, kind, locale: 'ja' },
    ...{ address: kind === 'MAIL' ? 'desk@sonae.example' : `${receiver.url}/in` },
    ...fields,
  });
const service = <T>(type: new (...parts: never[]) => T): T => app.app.get(type as never, { strict: false });
/** What the worker does: reminders are written, messages formed, and those that wait are delivered. */
const work = async (): Promise<void> => {
  await service(ReminderSweep).run();
  await service(ChannelFormer).run();
  const delivery = service(ChannelDelivery);
  for (const id of await delivery.due(100)) await delivery.deliver(id);
};
const morning = (): void => app.clock.set('2026-11-22T23:00:00Z');
const messages = async (query = '') => (await admin.get(`/channel-messages${query}`)).body.items;
const stored = async () =>
  app.database.query<{ address: string; secret: string | null }>(
    'SELECT address, secret FROM channel WHERE ended_at IS NULL',
  );

describe('a channel', () => {
  it('is told once a day of what people below its organisation are reminded of, by a signed webhook', async () => {
    const { status, body } = await make('WEBHOOK');
    expect(status).toBe(201);
    await work();
    expect(receiver.taken).toEqual([]);
    morning();
    await work();
    await work();
    expect(receiver.taken).toHaveLength(1);
    const [{ headers, body: sent }] = receiver.taken as [Receiver['taken'][number]];
    const [message] = await messages();
    expect(headers['webhook-id']).toBe(message.id);
    // The published verifier reads the wall clock; the clock of the service stands in another year.
    jest.useFakeTimers({ now: app.clock.now(), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    const payload = new Webhook(body.secret).verify(sent, headers as Record<string, string>) as {
      data: { items: { about: string; url: string }[] };
    };
    jest.useRealTimers();
    expect(payload).toMatchObject({ type: 'sonae.digest', data: { toldOn: '2026-11-23' } });
    expect(payload.data.items[0]).toMatchObject({
      about: expect.stringContaining('電子申請'),
      url: expect.stringContaining(`https://sonae.example/systems/${systemId}?tab=obligations&act=`),
    });
    expect(sent).not.toContain('他省の台帳');
    expect(message).toMatchObject({ status: 'SENT', attempts: 1, toldOn: '2026-11-23', itemCount: expect.any(Number) });
  });

  it.each(['MAIL', 'SLACK', 'TEAMS'])('of the kind %s tells the same in its own shape', async (kind) => {
    await make(kind);
    morning();
    smtp.taken.length = 0;
    await work();
    expect(await messages()).toMatchObject([{ status: 'SENT', channel: { kind } }]);
    const said =
      kind === 'MAIL'
        ? smtp.taken.find(({ recipients }) => recipients.includes('desk@sonae.example'))?.mail.text
        : receiver.taken[0]?.body;
    expect(said).toContain('電子申請');
    expect(said).toContain(`https://sonae.example/systems/${systemId}?tab=obligations&act=`);
  });

  it('that fails is tried again later and later, then waits for a person, while others are told', async () => {
    const other = await startReceiver();
    await make('SLACK', { address: other.url });
    await make('TEAMS');
    receiver.answerWith(503, 'busy');
    morning();
    await work();
    expect(other.taken).toHaveLength(1);
    expect(await messages('?status=QUEUED')).toMatchObject([
      { attempts: 1, error: 'HTTP 503 busy', nextTryAt: '2026-11-22T23:01:00.000Z' },
    ]);
    await work();
    expect(receiver.taken).toHaveLength(1);
    for (const minutes of [1, 2, 5, 10, 30, 60, 120, 240]) {
      app.clock.set(new Date(app.clock.now().getTime() + minutes * MINUTE_MS).toISOString());
      await work();
    }
    expect(receiver.taken).toHaveLength(9);
    const [failed] = await messages('?status=FAILED');
    expect(failed).toMatchObject({ attempts: 9, error: 'HTTP 503 busy', nextTryAt: null });
    await other.stop();
    receiver.answerWith(200, 'ok');
    expect((await admin.post(`/channel-messages/${failed.id}/retry`)).body).toMatchObject({
      status: 'QUEUED',
      attempts: 0,
      error: null,
    });
    expect((await admin.post(`/channel-messages/${failed.id}/retry`)).status).toBe(409);
    await work();
    expect(await messages('?status=FAILED')).toEqual([]);
    expect(receiver.taken).toHaveLength(10);
  });

  it('shows neither its address nor its secret again, and forgets both in the end', async () => {
    const { body: made } = await make('WEBHOOK', { address: `${receiver.url}/T000/B000/token-in-the-path` });
    expect(made).toMatchObject({
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      addressHint: `127.0.0.1:${receiver.port}`,
    });
    const shown = JSON.stringify([(await admin.get('/channels')).body, (await admin.get(`/channels/${made.id}`)).body]);
    const audit = await app.database.query(`SELECT before, after FROM audit_event WHERE record_id = $1`, [made.id]);
    for (const secret of [made.secret, 'token-in-the-path'])
      expect(shown + JSON.stringify(audit)).not.toContain(secret);
    expect((await admin.post(`/channels/${made.id}/end`)).status).toBe(200);
    expect(await stored()).toEqual([]);
    expect(await app.database.query('SELECT address, secret FROM channel WHERE id = $1', [made.id])).toEqual([
      { address: '', secret: '' },
    ]);
    expect((await admin.post(`/channels/${made.id}/test`)).status).toBe(409);
  });

  it('signs with both secrets while one is replaced, then with the new one alone', async () => {
    const { body: made } = await make('WEBHOOK');
    const { body: rotated } = await admin.post(`/channels/${made.id}/rotate`, { graceHours: 1 });
    expect(rotated.secret).not.toBe(made.secret);
    expect((await admin.post(`/channels/${made.id}/test`)).body).toEqual({ delivered: true, answer: 'HTTP 200 ok' });
    app.clock.set(new Date(app.clock.now().getTime() + 61 * MINUTE_MS).toISOString());
    await admin.post(`/channels/${made.id}/test`);
    expect(receiver.taken.map(({ headers }) => String(headers['webhook-signature']).split(' ').length)).toEqual([2, 1]);
  });

  it('says what came of a test', async () => {
    const { body: made } = await make('TEAMS');
    receiver.answerWith(404, 'no such flow');
    expect((await admin.post(`/channels/${made.id}/test`)).body).toEqual({
      delivered: false,
      answer: 'HTTP 404 no such flow',
    });
    receiver.answerWith(302, '', { location: 'http://169.254.169.254/' });
    expect((await admin.post(`/channels/${made.id}/test`)).body).toEqual({ delivered: false, answer: 'HTTP 302' });
    const { body: inside } = await make('SLACK');
    await app.database.query(`UPDATE channel SET address = 'https://169.254.169.254/' WHERE id = $1`, [inside.id]);
    const refused = await admin.post(`/channels/${inside.id}/test`);
    expect(refused.body).toMatchObject({ delivered: false, answer: expect.stringContaining('内部のネットワーク') });
    expect(receiver.taken).toHaveLength(2);
  });

  it.each([
    [{ address: 'https://169.254.169.254/latest' }, 'address', 'ADDRESS_REFUSED'],
    [{ address: 'https://[::ffff:10.0.0.1]/' }, 'address', 'ADDRESS_REFUSED'],
    [{ address: 'http://hooks.example/' }, 'address', 'NOT_HTTPS'],
    [{ address: 'hooks' }, 'address', 'NOT_A_URL'],
    [{ kind: 'MAIL', address: 'nobody' }, 'address', 'NOT_AN_EMAIL'],
    [{ organisationId: '019a0000-0000-7000-8000-000000000000' }, 'organisationId', 'NOT_FOUND'],
  ])('that cannot be is refused with the field and why: %j', async (fields, field, code) => {
    const { status, body } = await make('WEBHOOK', fields);
    expect([status, body.errors]).toMatchObject([422, [{ field, code }]]);
    expect(await stored()).toEqual([]);
  });

  it('keeps its name to itself within its organisation', async () => {
    const { body: made } = await make('MAIL');
    const twice = await make('MAIL', { name: made.name });
    expect([twice.status, twice.body.errors]).toMatchObject([409, [{ field: 'name', code: 'DUPLICATE' }]]);
  });

  it('that is paused is told nothing, and afterwards not of what it missed', async () => {
    const { body: made } = await make('SLACK');
    const paused = await admin.patch(`/channels/${made.id}`, { paused: true }, '"1"');
    expect(paused.body).toMatchObject({ paused: true, version: 2 });
    expect((await admin.patch(`/channels/${made.id}`, { paused: false }, '"1"')).status).toBe(412);
    morning();
    await work();
    expect(await messages()).toEqual([]);
    app.clock.set('2026-11-23T09:00:00Z');
    await admin.get('/channels');
    app.clock.set('2026-11-23T16:00:00Z');
    expect((await admin.patch(`/channels/${made.id}`, { paused: false }, '"2"')).body).toMatchObject({ paused: false });
    expect(await app.database.query('SELECT told_from_on::text AS day FROM channel WHERE id = $1', [made.id])).toEqual([
      { day: '2026-11-24' },
    ]);
  });

  it('is told nothing when nothing is left of what it was to be told', async () => {
    await make('SLACK');
    morning();
    await service(ReminderSweep).run();
    expect(await service(ChannelFormer).run()).toBe(1);
    const { headers } = await admin.get(`/systems/${systemId}`);
    const retired = await admin.ask('POST', `/systems/${systemId}/retire`, {
      body: { reason: '廃止' },
      headers: { 'if-match': headers.get('etag') ?? '' },
    });
    expect(retired.status).toBe(200);
    await work();
    expect(receiver.taken).toEqual([]);
    expect(await messages()).toMatchObject([{ status: 'CANCELLED' }]);
  });
});
