import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

const PATH = '/backup-requirements/approve';
const TERMS = {
  ...{ method: 'FULL', interval: 'P1D', retention: 'P35D', rpo: 'P1D' },
  copies: [{ site: '東京', medium: 'ディスク', encrypted: true }],
};

let app: TestApp;
let owner: Client;
let manager: Client;
let ciso: Client;
let made = 0;

beforeAll(async () => {
  app = await startTestApp('approve many');
  [owner, manager, ciso] = await Promise.all([app.as('owner'), app.as('manager'), app.as('ciso')]);
});
afterAll(() => app.stop());

interface Seen {
  id: string;
  version: number;
}
const declare = async (by: Client = owner): Promise<Seen> => {
  made += 1;
  const { id } = await registerSystem(app, {}, 'owner');
  const { body } = await by.post(`/systems/${id}/backup-requirements`, { dataset: `業務データ ${made}`, ...TERMS });
  return { id: body.id, version: body.version };
};
const approve = (by: Client, requirements: Seen[], more: object = {}): Promise<Answer> =>
  by.post(PATH, { requirements, ...more });
const read = async ({ id }: Seen): Promise<Answer['body']> => (await owner.get(`/backup-requirements/${id}`)).body;
const outcomes = ({ body }: Answer): (string | null)[] =>
  body.items.map(({ refusal }: Answer['body']) => refusal?.code ?? null);

describe('approving many backup requirements', () => {
  it('does to each what approving it alone does: proof, duties, and an event', async () => {
    const [alone, many] = [await declare(), [await declare(), await declare()]];
    const single = await manager.post(`/backup-requirements/${alone.id}/approve`, { comment: '確認した' });
    const answer = await approve(manager, many, { comment: '確認した' });
    expect(answer).toMatchObject({ status: 200, body: { approved: 2, refused: 0 } });
    expect(answer.body.items.map(({ id }: Seen) => id)).toEqual(many.map(({ id }) => id));
    const turned = (affected: Answer['body']): string[] =>
      affected.map(({ ruleKey, fromState, toState }: Answer['body']) => `${ruleKey} ${fromState} ${toState}`).sort();
    for (const item of answer.body.items) expect(turned(item.affected)).toEqual(turned(single.body.affected));
    const rows = await app.database.query<{ id: string }>(
      `SELECT b.id, b.status, b.approved_by_id AS approver, b.row_version AS version, b.approved_at = b.updated_at AS "atOnce",
         (SELECT json_agg(json_build_object('kind', e.kind, 'outcome', e.outcome, 'subject', e.subject, 'strength', e.strength,
           'source', e.source, 'performer', e.performer_id, 'copies', e.copy_facts, 'note', replace(e.note, b.dataset, '')))
           FROM evidence e WHERE e.backup_requirement_id = b.id) AS proofs,
         (SELECT json_agg(json_build_object('actor', a.actor_id, 'organisation', a.organisation_id, 'after', a.after))
           FROM audit_event a WHERE a.record_id = b.id AND a.action = 'backup_requirement.approved') AS events
       FROM backup_requirement b WHERE b.id = ANY($1::uuid[])`,
      [[alone, ...many].map(({ id }) => id)],
    );
    const facts = rows.map(({ id: _id, ...row }) => row);
    expect(facts).toEqual([facts[0], facts[0], facts[0]]);
    expect(facts[0]).toMatchObject({ status: 'APPROVED', version: 2, proofs: [{ kind: 'APPROVAL' }], events: [{}] });
  });

  it('leaves what may not be approved as it is, says why, and approves the others', async () => {
    const [fine, own, approved] = [await declare(), await declare(manager), await declare()];
    const [withdrawn, changed] = [await declare(), await declare()];
    await ciso.post(`/backup-requirements/${approved.id}/approve`, {});
    await owner.post(`/backup-requirements/${withdrawn.id}/withdraw`, { reason: '不要' });
    await owner.patch(`/backup-requirements/${changed.id}`, { retention: 'P40D' }, '"1"');
    const answer = await approve(manager, [own, approved, fine, withdrawn, changed]);
    expect(answer).toMatchObject({ status: 200, body: { approved: 1, refused: 4 } });
    expect(outcomes(answer)).toEqual([
      ...['OWN_REQUEST', 'BACKUP_REQUIREMENT_APPROVED', null, 'BACKUP_REQUIREMENT_WITHDRAWN', 'STALE'],
    ]);
    expect(answer.body.items[0]).toMatchObject({
      refusal: { message: '自分の申請は自分では承認できません。' },
      affected: [],
    });
    const statuses = await Promise.all([own, approved, fine, withdrawn, changed].map(read));
    expect(statuses.map(({ status, version }) => `${status} ${version}`)).toEqual([
      ...['DRAFT 1', 'APPROVED 2', 'APPROVED 2', 'DRAFT 2', 'DRAFT 2'],
    ]);
    const again = await approve(manager, [fine]);
    expect([again.status, outcomes(again)]).toEqual([200, ['BACKUP_REQUIREMENT_APPROVED']]);
  });

  it('approves nothing with one that is not to be seen, as with one that nothing has', async () => {
    const fine = await declare();
    const { otherMinistry } = app.world.organisations;
    const outsider = await app.as('outsider');
    const { id } = await registerSystem(app, { organisationId: otherMinistry }, 'outsider');
    const hidden = (await outsider.post(`/systems/${id}/backup-requirements`, { dataset: '他省', ...TERMS })).body;
    for (const unseen of [hidden.id, '019a0000-0000-7000-8000-00000000ffff'])
      expect(await approve(manager, [fine, { id: unseen, version: 1 }])).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'requirements[1].id', code: 'NOT_FOUND' }] },
      });
    expect(await read(fine)).toMatchObject({ status: 'DRAFT', version: 1 });
  });

  it('leaves what the caller may only see', async () => {
    const { people, organisations } = app.world;
    await app.database.query(
      'INSERT INTO role_assignment (id, user_id, role, organisation_id) VALUES (gen_random_uuid(), $1, $2, $3)',
      [people.manager, 'AUDITOR', organisations.otherAgency],
    );
    const admin = await app.as('admin');
    const { id } = await registerSystem(app, { organisationId: organisations.otherAgency }, 'admin');
    const { body } = await admin.post(`/systems/${id}/backup-requirements`, { dataset: '第二機構', ...TERMS });
    const answer = await approve(manager, [{ id: body.id, version: 1 }, await declare()]);
    expect([answer.status, outcomes(answer)]).toEqual([200, ['NOT_ALLOWED', null]]);
    expect((await admin.get(`/backup-requirements/${body.id}`)).body).toMatchObject({ status: 'DRAFT', version: 1 });
    const offered = (await manager.get('/backup-requirements?approvable=true&limit=200')).body.items;
    expect(offered.map((item: Seen) => item.id)).not.toContain(body.id);
  });

  it('is for who may approve, takes each once, and 200 at most', async () => {
    const fine = await declare();
    expect(await approve(owner, [fine])).toMatchObject({ status: 403 });
    expect(await approve(manager, [fine, fine])).toMatchObject({ status: 400 });
    expect(await approve(manager, [])).toMatchObject({ status: 400 });
    const id = (index: number): string => `019a0000-0000-7000-8000-${String(index).padStart(12, '0')}`;
    const requirements = Array.from({ length: 201 }, (_, index) => ({ id: id(index), version: 1 }));
    expect(await approve(manager, requirements)).toMatchObject({ status: 400 });
  });

  it('done by two at once, in either order, approves each once', async () => {
    const many = [await declare(), await declare(), await declare(), await declare()];
    const both = await Promise.all([approve(manager, many), approve(ciso, [...many].reverse())]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both.map(({ body }) => body.approved).sort()).toEqual([0, 4]);
    const [count] = await app.database.query<{ proofs: number }>(
      `SELECT count(*)::int AS proofs FROM evidence WHERE backup_requirement_id = ANY($1::uuid[])`,
      [many.map(({ id }) => id)],
    );
    expect(count).toEqual({ proofs: 4 });
  });
});

describe('after a change of a profile', () => {
  it('what follows it is found by who may approve it, and approved at once', async () => {
    const { agency: organisationId } = app.world.organisations;
    const profile = (await manager.post('/backup-profiles', { organisationId, name: '日次', ...TERMS })).body;
    const systemIds = await Promise.all([1, 2, 3].map(async () => (await registerSystem(app, {}, 'owner')).id));
    await owner.post(`/backup-profiles/${profile.id}/attach`, { systemIds, dataset: '業務データ' });
    const waiting = async (by: Client): Promise<Seen[]> =>
      (await by.get(`/backup-requirements?backupProfileId=${profile.id}&approvable=true`)).body.items;
    const standing = async (): Promise<object> => {
      const { followers, waiting: left } = (await ciso.get(`/backup-profiles/${profile.id}`)).body;
      return { followers, left };
    };
    await approve(
      manager,
      (await waiting(manager)).map(({ id, version }) => ({ id, version })),
    );
    expect(await standing()).toEqual({ followers: 3, left: 0 });
    await manager.patch(`/backup-profiles/${profile.id}`, { retention: 'P60D' }, `"${profile.version}"`);
    expect(await standing()).toEqual({ followers: 3, left: 3 });
    expect([await waiting(owner), await waiting(manager)]).toEqual([[], []]);
    const found = (await waiting(ciso)).map(({ id, version }) => ({ id, version }));
    expect(await approve(ciso, found)).toMatchObject({ status: 200, body: { approved: 3, refused: 0 } });
    expect(await standing()).toEqual({ followers: 3, left: 0 });
  });
});
