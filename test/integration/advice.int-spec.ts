import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../../src/views/outbox/mail-delivery';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;
let ciso: Client;

beforeEach(async () => {
  app = await startTestApp('advice', { settings: { DIGEST_AT: '00:00' } });
  [owner, manager, ciso] = await Promise.all([app.as('owner'), app.as('manager'), app.as('ciso')]);
});
afterEach(() => app.stop());

const ask = (by: Client, more: object = {}): Promise<Answer> =>
  by.post('/advice', {
    ...{ organisationId: app.world.organisations.agency, title: '写しの置き場所', question: '別の地域に要りますか。' },
    ...more,
  });

/** The texts of the mails that go to somebody with the digests of the day. */
async function mailsTo(userId: string): Promise<string[]> {
  await app.app.get(DigestFormer, { strict: false }).run();
  const delivery = app.app.get(MailDelivery, { strict: false });
  for (const id of await delivery.due(100)) await delivery.deliver(id);
  const rows = await app.database.query<{ text: string }>('SELECT text FROM mail WHERE recipient_id = $1 ORDER BY id', [
    userId,
  ]);
  return rows.map(({ text }) => text);
}

describe('a request for advice', () => {
  it('goes to the ministry above, is answered by its CISO office, and each side is told by mail', async () => {
    const { people, organisations } = app.world;
    const systemId = (await registerSystem(app, { name: '電子申請' }, 'owner')).id;
    const asked = await ask(owner, { systemId, dueOn: '2026-12-15' });
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({
      ...{ status: 'OPEN', organisation: { code: 'AGC-1' }, ministry: { id: organisations.ministry } },
      ...{ system: { id: systemId, open: true }, dueOn: '2026-12-15', answer: null, offered: ['withdraw'] },
    });
    const { id } = asked.body;
    expect((await mailsTo(people.ciso)).join()).toContain('助言の依頼が届きました');
    expect((await ciso.get(`/advice/${id}`)).body.offered).toEqual(['answer']);
    const answered = await ciso.post(`/advice/${id}/answer`, { answer: '要ります。' });
    expect(answered.body).toMatchObject({
      ...{ status: 'ANSWERED', answer: '要ります。', answeredBy: { id: people.ciso }, offered: [] },
      answeredAt: '2026-11-23T00:00:00.000Z',
    });
    expect((await owner.get(`/advice/${id}`)).body).toMatchObject({ status: 'ANSWERED', answer: '要ります。' });
    expect((await mailsTo(people.owner)).join()).toContain('依頼した助言に回答がありました');
    expect((await ciso.post(`/advice/${id}/answer`, { answer: '別の答え' })).body.code).toBe('ADVICE_ENDED');
    expect((await owner.post(`/advice/${id}/withdraw`, {})).body.code).toBe('ADVICE_ENDED');
  });

  it('is taken back by who asked, and by nobody else', async () => {
    const { id } = (await ask(manager)).body;
    expect((await owner.post(`/advice/${id}/withdraw`, {})).body.code).toBe('NOT_YOUR_REQUEST');
    expect((await manager.post(`/advice/${id}/withdraw`, {})).body).toMatchObject({ status: 'WITHDRAWN', offered: [] });
    expect((await ciso.post(`/advice/${id}/answer`, { answer: '要ります。' })).body.code).toBe('ADVICE_ENDED');
  });

  it('is not answered by who asked, though it be in the name of an agency', async () => {
    const { id, offered } = (await ask(ciso)).body;
    expect(offered).toEqual(['withdraw']);
    expect((await ciso.post(`/advice/${id}/answer`, { answer: '要ります。' })).body.code).toBe('OWN_REQUEST');
  });

  it('is asked where a ministry is above, about what is the organisation’s own, for a day to come', async () => {
    const { ministry, otherAgency } = app.world.organisations;
    const elsewhere = (await registerSystem(app, { organisationId: otherAgency }, 'ciso')).id;
    expect((await ask(ciso, { organisationId: ministry })).body.code).toBe('NO_MINISTRY_ABOVE');
    expect((await ask(manager, { organisationId: otherAgency })).body.errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await ask(ciso, { systemId: elsewhere })).body.errors).toMatchObject([
      { field: 'systemId', code: 'NOT_FOUND' },
    ]);
    expect((await ask(owner, { dueOn: '2026-11-01' })).body.errors).toMatchObject([{ code: 'IN_THE_PAST' }]);
  });

  it('of an agency that keeps its details to itself is read by the ministry, which may not open what it is about', async () => {
    const systemId = (await registerSystem(app, { name: '内部' }, 'owner')).id;
    const item = (await owner.post('/improvements', { source: 'AUDIT', title: '直す', systemId })).body;
    const { id } = (await ask(owner, { systemId, improvementItemId: item.id })).body;
    await app.database.query('UPDATE organisation SET shares_details = false WHERE id = $1', [
      app.world.organisations.agency,
    ]);
    const seen = (await ciso.get(`/advice/${id}`)).body;
    expect(seen).toMatchObject({
      ...{ system: { name: '内部', open: false }, improvementItem: { title: '直す', open: false } },
      offered: ['answer'],
    });
    expect((await (await app.as('admin')).get(`/advice/${id}`)).status).toBe(404);
    expect((await (await app.as('outsider')).get(`/advice/${id}`)).status).toBe(404);
    expect((await ciso.get('/advice?status=OPEN')).body.items).toHaveLength(1);
    expect((await ciso.get('/advice?status=ANSWERED')).body.items).toEqual([]);
  });
});
