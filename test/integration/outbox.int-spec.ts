import { MailDelivery } from '../../src/views/outbox/mail-delivery';
import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { register } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Client } from '../support/client';

const NOBODY = '019a0000-0000-7000-8000-000000000000';

let app: TestApp;
let admin: Client;
let systemId: string;

/** What the worker does, without a mail server: three mornings, the owner told of one system, the deputy of another ministry's. */
beforeAll(async () => {
  app = await startTestApp('outbox', { now: '2026-11-23T00:00:00Z' });
  const centre = centreOf(app);
  systemId = await register(centre, { name: '電子申請' });
  await register(centre, { organisationId: app.world.organisations.otherMinistry, ownerId: app.world.people.outsider });
  const [sweep, digests, delivery] = [ReminderSweep, DigestFormer, MailDelivery].map((service) =>
    app.app.get<unknown>(service as never, { strict: false }),
  ) as [ReminderSweep, DigestFormer, MailDelivery];
  for (const day of ['2026-11-23', '2026-11-30', '2026-12-01']) {
    app.clock.set(`${day}T00:00:00Z`);
    await sweep.run();
    await digests.run();
    for (const id of await delivery.due(10)) await delivery.deliver(id);
  }
  admin = await app.as('admin');
});
afterAll(() => app.stop());

const pages = async (by: Client, path: string): Promise<{ id: string }[]> => {
  const found: { id: string }[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await by.get(`${path}${cursor && `&cursor=${cursor}`}`);
    found.push(...body.items);
    cursor = body.nextCursor;
  }
  return found;
};

describe('the outbox', () => {
  it('keeps every mail with what became of it, the newest first', async () => {
    const { body } = await admin.get('/outbox');
    expect(body.items).toMatchObject([
      { digestOn: '2026-12-01', status: 'KEPT', recipient: { displayName: '運用 さくら' }, attempts: 1, error: null },
      { digestOn: '2026-11-30', status: 'KEPT', subject: expect.stringContaining('バックアップ確認') },
      {
        digestOn: '2026-11-23',
        status: 'KEPT',
        subject: expect.stringContaining('電子申請'),
        sentAt: '2026-11-23T00:00:00.000Z',
      },
    ]);
    expect(await pages(admin, '/outbox?limit=1')).toEqual(body.items);
    expect((await admin.get('/outbox?status=FAILED,QUEUED')).body.items).toEqual([]);
    expect((await admin.get('/outbox?status=LOST')).status).toBe(400);
  });

  it('shows a mail as text, and as HTML that can neither run nor load anything', async () => {
    const { id } = (await admin.get('/outbox')).body.items[2];
    expect((await admin.get(`/outbox/${id}`)).body.text).toContain('運用 さくら 様');
    const { headers, body } = await admin.get(`/outbox/${id}/html`);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(body).toContain('<html lang="ja">');
  });

  it('is closed to everybody but administrators, and to those of another ministry', async () => {
    const { id } = (await admin.get('/outbox')).body.items[0];
    for (const person of ['owner', 'manager', 'ciso', 'auditor'] as const)
      expect((await (await app.as(person)).get('/outbox')).status).toBe(403);
    const outsider = await app.as('outsider');
    const { body } = await outsider.get('/outbox');
    expect(body.items).toHaveLength(3);
    expect((body.items as { id: string }[]).map((mail) => mail.id)).not.toContain(id);
    for (const path of [`/outbox/${id}`, `/outbox/${id}/html`, `/outbox/${NOBODY}`])
      expect((await outsider.get(path)).status).toBe(404);
    expect((await outsider.post(`/outbox/${id}/retry`)).status).toBe(404);
  });

  it('tries a mail again only when it has failed', async () => {
    const { id } = (await admin.get('/outbox')).body.items[0];
    expect(await admin.post(`/outbox/${id}/retry`)).toMatchObject({ status: 409, body: { code: 'MAIL_NOT_FAILED' } });
    await app.database.query(`UPDATE mail SET status = 'FAILED', attempts = 9, error = 'x' WHERE id = $1`, [id]);
    const answer = await admin.post(`/outbox/${id}/retry`);
    expect(answer).toMatchObject({ status: 200, body: { status: 'QUEUED', attempts: 0, error: null } });
  });
});

describe('the ledger of reminders', () => {
  it('says who was told what and when, the latest day first', async () => {
    const manager = await app.as('manager');
    const all = await pages(manager, '/reminders?limit=5');
    expect(all[0]).toMatchObject({
      obligation: { ruleKey: 'backup-verification', ruleTitle: 'バックアップ確認', systemId, systemName: '電子申請' },
      ...{ occurrence: 'DUE:2026-11-30', stage: 'OVERDUE', offsetDays: 1, plannedOn: '2026-12-01', channel: 'MAIL' },
      recipient: { displayName: '運用 さくら' },
    });
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const [row] = await app.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM reminder WHERE system_id = $1',
      [systemId],
    );
    expect(all).toHaveLength(row?.n ?? 0);
    expect(await pages(manager, `/reminders?systemId=${systemId}&status=SENT,PENDING`)).toEqual(all);
    expect(await pages(manager, `/reminders?recipientId=${app.world.people.deputy}`)).toEqual([]);
    expect(await pages(manager, '/reminders?status=CANCELLED')).toEqual([]);
  });

  it('is for those who look after others, and of one ministry', async () => {
    expect((await (await app.as('owner')).get('/reminders')).status).toBe(403);
    const outside = await pages(await app.as('outsider'), '/reminders?limit=200');
    expect(outside.length).toBeGreaterThan(0);
    expect(JSON.stringify(outside)).not.toContain(systemId);
  });
});
