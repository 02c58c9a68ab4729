import { issueMailLinks } from '../../src/access/mail-links/issue-mail-links';
import { type TestApp, startTestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer } from '../support/client';
import type { PersonName } from '../support/world';

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp('mail links', { now: '2026-11-23T00:00:00Z' });
});
afterEach(() => app.stop());

interface Owed {
  systemId: string;
  obligationId: string;
  occurrence: string;
  evidenceKind: string | null;
}

/** What a new system of the contributor owes under a rule. */
async function owed(ruleKey = 'contacts-confirmed', ownerId = app.world.people.contributor): Promise<Owed> {
  const { id } = await registerSystem(app, { ownerId, tier: 'HIGH' });
  const [row] = await app.database.query<Owed>(
    `SELECT system_id AS "systemId", id AS "obligationId", occasion->>'occurrence' AS occurrence,
       action->>'evidenceKind' AS "evidenceKind" FROM obligation WHERE system_id = $1 AND rule_key = $2`,
    [id, ruleKey],
  );
  return row as Owed;
}
const issue = async (obligation: Owed, to: PersonName = 'contributor'): Promise<string | undefined> => {
  const { manager } = app.dataSource;
  return (await issueMailLinks(manager, app.world.people[to], [obligation], app.clock.now())).get(
    obligation.obligationId,
  );
};
const open = (secret: string | undefined): Promise<Answer> => app.browser().post('/mail-link/open', { secret });
const PROOF = { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', performedAt: '2026-11-22T06:00:00Z' };
const send = (secret: string | undefined, proof: object = PROOF): Promise<Answer> =>
  app.browser().post('/mail-link/evidence', { secret, proof });
const OVER = { status: 404, body: { code: 'MAIL_LINK_OVER' } };

describe('a link in a mail', () => {
  it('opens its one obligation without a sign-in, is on record, and is kept as a hash only', async () => {
    const obligation = await owed();
    const secret = await issue(obligation);
    expect(await open(secret)).toMatchObject({
      status: 200,
      body: { locale: 'ja', obligation: { id: obligation.obligationId, ruleKey: 'contacts-confirmed' } },
    });
    const [event] = await app.database.query(
      `SELECT actor_id AS "actorId", record_id AS "recordId" FROM audit_event WHERE action = 'mail_link.opened'`,
    );
    expect(event).toEqual({ actorId: app.world.people.contributor, recordId: obligation.obligationId });
    const rows = await app.database.query('SELECT mail_link::text AS row FROM mail_link');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('opens nothing else: it is neither a session nor a token', async () => {
    const { systemId } = await owed();
    const secret = await issue(await owed());
    const browser = app.browser();
    await browser.post('/mail-link/open', { secret });
    for (const path of ['/me', '/systems', `/systems/${systemId}`, '/obligations'])
      expect((await browser.get(path)).status).toBe(401);
    expect((await browser.get('/systems', { authorization: `Bearer ${secret}` })).status).toBe(401);
  });

  it('takes the proof of its obligation, as of the person it was sent to, and has then ended', async () => {
    const obligation = await owed();
    const secret = await issue(obligation);
    const answer = await send(secret);
    expect(answer).toMatchObject({ status: 201, body: { affected: [{ obligationId: obligation.obligationId }] } });
    const [stored] = await app.database.query(
      `SELECT performer_id AS performer, recorded_by_id AS recorder, subject FROM evidence WHERE system_id = $1`,
      [obligation.systemId],
    );
    const { contributor } = app.world.people;
    expect(stored).toEqual({ performer: contributor, recorder: contributor, subject: 'CONTACTS' });
    expect(await open(secret)).toMatchObject(OVER);
    expect(await send(secret)).toMatchObject(OVER);
  });

  it('takes no other proof, nor one in the name of somebody else', async () => {
    const secret = await issue(await owed());
    const refused = { status: 422, body: { code: 'NOT_OF_LINK' } };
    expect(await send(secret, { ...PROOF, subject: 'IMPORTANCE' })).toMatchObject(refused);
    expect(await send(secret, { ...PROOF, performerId: app.world.people.owner })).toMatchObject(refused);
    const restore = { kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED', performedAt: PROOF.performedAt };
    expect(await send(secret, restore)).toMatchObject(refused);
    expect((await send(secret)).status).toBe(201);
  });

  it('ends after two weeks, and when a newer mail brings another', async () => {
    const obligation = await owed();
    const first = await issue(obligation);
    const second = await issue(obligation);
    expect(await open(first)).toMatchObject(OVER);
    app.clock.advance({ days: 13 });
    expect((await open(second)).status).toBe(200);
    app.clock.advance({ days: 2 });
    expect(await open(second)).toMatchObject(OVER);
  });

  it('ends when the system is given to somebody else', async () => {
    const obligation = await owed();
    const secret = await issue(obligation);
    const manager = await app.as('manager');
    const moved = await manager.patch(`/systems/${obligation.systemId}`, { ownerId: app.world.people.owner }, '"1"');
    expect(moved.status).toBe(200);
    expect(await open(secret)).toMatchObject(OVER);
    expect(await send(secret)).toMatchObject(OVER);
  });

  it('ends when the account is closed, or gets another role', async () => {
    const obligation = await owed();
    const secret = await issue(obligation);
    const admin = await app.as('admin');
    const path = `/users/${app.world.people.contributor}`;
    const { agency } = app.world.organisations;
    const roles = ['CONTRIBUTOR', 'OWNER'].map((role) => ({ role, organisationId: agency }));
    const etag = async (): Promise<string | null> => (await admin.get(path)).headers.get('etag');
    expect((await admin.put(`${path}/roles`, { roles }, await etag())).status).toBe(200);
    expect(await open(secret)).toMatchObject(OVER);
    expect((await admin.put(`${path}/roles`, { roles: roles.slice(0, 1) }, await etag())).status).toBe(200);
    expect((await open(secret)).status).toBe(200);
    expect((await admin.patch(path, { active: false }, await etag())).status).toBe(200);
    expect(await open(secret)).toMatchObject(OVER);
  });

  it('is for contributors only, and for nothing that takes more than evidence', async () => {
    const ofOwner = await owed('contacts-confirmed', app.world.people.owner);
    for (const person of ['owner', 'manager', 'operator', 'admin'] as const)
      expect(await issue(ofOwner, person)).toBeUndefined();
    expect(await issue(await owed('drill-tabletop'))).toBeUndefined();
    expect(await issue(await owed('procedure-approved'))).toBeUndefined();
  });

  it('that nobody sent opens nothing', async () => {
    for (const secret of ['', 'snl_', `snl_${'0'.repeat(49)}`]) expect(await open(secret)).toMatchObject(OVER);
  });
});
