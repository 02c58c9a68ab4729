import { registerSystem } from '../support/builders/systems';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';

const NOBODY = '019a0000-0000-7000-8000-000000000000';

let app: TestApp;
let owner: Client;
let systemId: string;

beforeAll(async () => {
  app = await startTestApp('evidence corrections');
  owner = await app.as('owner');
});
afterAll(() => app.stop());

beforeEach(async () => {
  systemId = (await registerSystem(app, { ownerId: app.world.people.owner })).id;
});

const restoreTest = {
  kind: 'RESTORE_TEST',
  outcome: 'PASSED',
  strength: 'RESTORED',
  performedAt: '2026-11-22T06:00:00Z',
};
const send = (proof: object): Promise<Answer> => owner.post(`/systems/${systemId}/evidence`, proof);
const correct = (id: string, proof: object): Promise<Answer> =>
  owner.post(`/evidence/${id}/supersede`, { reason: '時刻の誤り', ...proof });
const restoreState = async (): Promise<string> => {
  const { body } = await owner.get(`/systems/${systemId}/obligations?ruleKey=restore-test`);
  return body.items[0].state;
};

describe('a correction', () => {
  it('counts instead of the record it corrects, which stays readable', async () => {
    const { body: wrong } = await send({ ...restoreTest, outcome: 'FAILED', tool: 'restic', runId: 'r-9' });
    expect(await restoreState()).toBe('FAILED');
    const right = await correct(wrong.id, { ...restoreTest, tool: 'restic', runId: 'r-9' });
    expect(right.status).toBe(201);
    expect(right.body.affected).toMatchObject([{ ruleKey: 'restore-test', fromState: 'FAILED', toState: 'MET' }]);
    expect((await owner.get(`/evidence/${wrong.id}`)).body).toMatchObject({
      ...{ outcome: 'FAILED', supersededById: right.body.id, sha256: wrong.sha256 },
    });
    const listed = async (query: string): Promise<string[]> =>
      ((await owner.get(`/systems/${systemId}/evidence${query}`)).body.items as { id: string }[]).map(({ id }) => id);
    expect(await listed('')).toEqual([right.body.id]);
    expect((await listed('?superseded=true')).sort()).toEqual([wrong.id, right.body.id].sort());
  });

  it('is made once; who comes second is told so', async () => {
    const { body: wrong } = await send(restoreTest);
    const both = await Promise.all([correct(wrong.id, restoreTest), correct(wrong.id, restoreTest)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await correct(wrong.id, restoreTest)).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_SUPERSEDED', detail: 'この証跡は既に訂正されています。' },
    });
  });

  it('needs a reason, and is checked like any proof', async () => {
    const { body: wrong } = await send(restoreTest);
    expect((await correct(wrong.id, { ...restoreTest, reason: ' ' })).status).toBe(400);
    expect((await correct(wrong.id, { ...restoreTest, performedAt: '2027-01-01T00:00:00Z' })).status).toBe(422);
    expect((await correct(NOBODY, restoreTest)).status).toBe(404);
    expect((await owner.get(`/evidence/${wrong.id}`)).body.supersededById).toBeNull();
  });

  it('is not for what an approval in the product proves', async () => {
    const { body: requirement } = await owner.post(`/systems/${systemId}/backup-requirements`, {
      ...{ dataset: '業務データ', method: '日次', interval: 'PT1H', retention: 'P35D', rpo: 'PT1H' },
      copies: [{ site: '本庁', medium: 'ディスク' }],
    });
    const manager = await app.as('manager');
    await manager.post(`/backup-requirements/${requirement.id}/approve`, {});
    const { body } = await owner.get(`/systems/${systemId}/evidence?kind=APPROVAL`);
    const answer = await correct(body.items[0].id, restoreTest);
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'NOT_MANUAL_EVIDENCE', detail: expect.stringContaining('承認や見直し') },
    });
  });
});

describe('the list of proofs', () => {
  it('is newest first, by kind, in pages that together are the list', async () => {
    const sent: string[] = [];
    for (let minute = 0; minute < 7; minute += 1) {
      // Two of each instant, so that pages end between equals.
      const performedAt = `2026-11-22T06:0${Math.floor(minute / 2)}:00Z`;
      const proof = minute % 3 ? restoreTest : { kind: 'ATTESTATION', outcome: 'PASSED', ruleKey: 'administrator-mfa' };
      sent.push((await send({ ...proof, performedAt })).body.id);
    }
    const seen: { id: string; performedAt: string }[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: Answer = await owner.get(`/systems/${systemId}/evidence?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(seen.map(({ id }) => id).sort()).toEqual([...sent].sort());
    const times = seen.map(({ performedAt }) => performedAt);
    expect(times).toEqual([...times].sort().reverse());
    const { body } = await owner.get(`/systems/${systemId}/evidence?kind=ATTESTATION`);
    expect(body.items).toHaveLength(3);
  });
});
