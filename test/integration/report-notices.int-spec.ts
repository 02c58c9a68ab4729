import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../../src/views/outbox/mail-delivery';
import { ReportMaker } from '../../src/views/reports/making/report-maker';
import { startTestApp, type TestApp } from '../support/app';
import type { Client } from '../support/client';
import type { PersonName } from '../support/world';

let app: TestApp;
let manager: Client;
let ciso: Client;

beforeEach(async () => {
  app = await startTestApp('report_notices', { settings: { DIGEST_AT: '00:00' } });
  [manager, ciso] = await Promise.all([app.as('manager'), app.as('ciso')]);
});
afterEach(() => app.stop());

/** A report of the agency on October that is made. */
async function makeReport(by: Client): Promise<string> {
  const asked = { organisationId: app.world.organisations.agency, periodKind: 'MONTH', on: '2026-10-15' };
  const { id } = (await by.post('/reports', asked)).body;
  await app.app.get(ReportMaker, { strict: false }).run(id);
  return id;
}

async function submit(by: Client): Promise<string> {
  const id = await makeReport(by);
  expect((await by.post(`/reports/${id}/submit`, {})).status).toBe(200);
  return id;
}

interface Told {
  title: string;
  note: string;
  path: string;
}

const inboxOf = async (by: Client): Promise<Told[]> =>
  (await by.get('/me/inbox?kind=NOTICE')).body.items.map(({ title, note, path }: Told) => ({ title, note, path }));

const toldOf = async (kind: string): Promise<string[]> =>
  (
    await app.database.query<{ name: string }>(
      'SELECT u.display_name AS name FROM notice n JOIN app_user u ON u.id = n.user_id WHERE n.kind = $1 ORDER BY 1',
      [kind],
    )
  ).map(({ name }) => name);

async function mailsTo(person: PersonName): Promise<string> {
  await app.app.get(DigestFormer, { strict: false }).run();
  const delivery = app.app.get(MailDelivery, { strict: false });
  for (const id of await delivery.due(100)) await delivery.deliver(id);
  const rows = await app.database.query<{ text: string | null }>('SELECT text FROM mail WHERE recipient_id = $1', [
    app.world.people[person],
  ]);
  return rows.map(({ text }) => text).join();
}

describe('a report that is submitted', () => {
  it('is told to the CISO office above, in the inbox and by mail, with the way to it', async () => {
    expect(await inboxOf(ciso)).toEqual([]);
    const id = await submit(manager);
    expect(await inboxOf(ciso)).toEqual([
      {
        title: 'CISO報告が提出されました。確認をお願いします',
        note: '第一機構 月次（2026年10月1日（木）〜2026年10月31日（土））',
        path: `/reports/${id}`,
      },
    ]);
    const mail = await mailsTo('ciso');
    expect(mail).toContain('CISO報告が提出されました');
    expect(mail).toContain(`/reports/${id}\n`);
    expect(await toldOf('REPORT_SUBMITTED')).toEqual(['統括 花子']);
  });

  it('is told in the language and the calendar of who reads it', async () => {
    await app.database.query(`UPDATE organisation SET name_en = 'First Agency' WHERE id = $1`, [
      app.world.organisations.agency,
    ]);
    await app.database.query(`UPDATE app_user SET locale = 'en' WHERE id = $1`, [app.world.people.ciso]);
    await submit(manager);
    expect(await inboxOf(await app.as('ciso'))).toMatchObject([
      {
        title: 'A CISO report has been submitted and waits to be acknowledged',
        note: 'First Agency, Month (Thu, 1 Oct 2026 – Sat, 31 Oct 2026)',
      },
    ]);
  });

  it('is told to everybody who can acknowledge it but who submitted it, and not above what is closed', async () => {
    const { people, organisations } = app.world;
    const grant = (person: string, organisationId: string): Promise<unknown> =>
      app.database.query(
        `INSERT INTO role_assignment (id, user_id, role, organisation_id) VALUES (gen_random_uuid(), $1, 'CISO_OFFICE', $2)`,
        [person, organisationId],
      );
    for (const person of [people.deputy, people.manager]) await grant(person, organisations.agency);
    await grant(people.operator, organisations.otherAgency);
    manager = await app.as('manager');
    await submit(manager);
    expect(await toldOf('REPORT_SUBMITTED')).toEqual(['副島 翔', '統括 花子']);

    await app.database.query('UPDATE organisation SET shares_details = false WHERE id = $1', [organisations.agency]);
    await submit(manager);
    expect(await toldOf('REPORT_SUBMITTED')).toEqual(['副島 翔', '副島 翔', '統括 花子']);
  });

  it('is not mailed any more once somebody has acknowledged it', async () => {
    const id = await submit(manager);
    expect((await ciso.post(`/reports/${id}/acknowledge`, {})).status).toBe(200);
    expect(await mailsTo('ciso')).not.toContain('CISO報告');
    expect(await inboxOf(ciso)).toEqual([]);
  });
});

describe('who submitted a report', () => {
  it('is told once that it was acknowledged, in the inbox and by mail, with the way to it', async () => {
    const id = await submit(manager);
    await ciso.post(`/reports/${id}/acknowledge`, {});
    expect((await ciso.post(`/reports/${id}/acknowledge`, {})).status).toBe(409);
    expect(await inboxOf(manager)).toEqual([
      {
        title: '提出したCISO報告が確認されました',
        note: '第一機構 月次（2026年10月1日（木）〜2026年10月31日（土））',
        path: `/reports/${id}`,
      },
    ]);
    expect(await mailsTo('manager')).toContain(`/reports/${id}\n`);
  });

  it('is told of each comment of somebody else, and of none of their own', async () => {
    const id = await makeReport(manager);
    await ciso.post(`/reports/${id}/comments`, { text: '下書きへの意見' });
    expect(await toldOf('REPORT_COMMENTED')).toEqual([]);
    await manager.post(`/reports/${id}/submit`, {});
    await manager.post(`/reports/${id}/comments`, { text: '自分の補足' });
    expect(await toldOf('REPORT_COMMENTED')).toEqual([]);
    for (const text of ['一つ目', '二つ目']) await ciso.post(`/reports/${id}/comments`, { text });
    expect(await inboxOf(manager)).toMatchObject([
      { title: '提出したCISO報告に意見が記入されました', path: `/reports/${id}` },
      { title: '提出したCISO報告に意見が記入されました', path: `/reports/${id}` },
    ]);
  });
});
