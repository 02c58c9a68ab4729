import { reachOf } from '../../src/access/permissions';
import { ROLES } from '../../src/access/role-assignment.entity';
import { type TestApp, startTestApp } from '../support/app';
import { writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let theirs: string;
let another: string;
let elsewhere: string;
let requirement: string;

const BEFORE = '2026-11-22T06:00:00Z';
const restoreTest = { kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED', performedAt: BEFORE };
const contacts = { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', performedAt: BEFORE };

beforeAll(async () => {
  app = await startTestApp('access roles');
  const { people, organisations } = app.world;
  theirs = (await registerSystem(app, { ownerId: people.contributor })).id;
  another = (await registerSystem(app, { ownerId: people.owner })).id;
  elsewhere = (await registerSystem(app, { organisationId: organisations.otherAgency }, 'admin')).id;
  const admin = await app.as('admin');
  await writeProcedure(admin, theirs);
  const declared = await admin.post(`/systems/${another}/backup-requirements`, {
    dataset: '業務データ',
    method: 'full',
    interval: 'P1D',
    retention: 'P30D',
    rpo: 'P1D',
    copies: [{ site: '東京', medium: 'disk' }],
  });
  requirement = declared.body.id as string;
});
afterAll(() => app.stop());

const statusOf = async (client: Client, path: string): Promise<number> => (await client.get(path)).status;
const statuses = (client: Client, paths: string[]): Promise<number[]> =>
  Promise.all(paths.map((path) => statusOf(client, path)));
const idsOf = async (client: Client, path: string): Promise<string[]> =>
  ((await client.get(path)).body.items as { id: string }[]).map(({ id }) => id).sort();

describe('the table of permissions', () => {
  it('lets everybody who may prove anything about a system also prove its backups', () => {
    const able = (permission: 'evidence:write' | 'backup-evidence:write', role: (typeof ROLES)[number]) =>
      reachOf(permission, role);
    for (const role of ROLES)
      if (able('evidence:write', role))
        expect([role, able('backup-evidence:write', role)]).toEqual([role, able('evidence:write', role)]);
  });

  it('gives every role something, and reading of systems to each', () => {
    expect(ROLES.filter((role) => !reachOf('systems:read', role))).toEqual([]);
  });
});

describe('a backup operator', () => {
  let operator: Client;
  beforeAll(async () => {
    operator = await app.as('operator');
  });

  it('finds the systems of the organisation, their obligations, proofs and backup requirements, and none elsewhere', async () => {
    expect(await idsOf(operator, '/systems')).toEqual([another, theirs].sort());
    const seen = [`/systems/${another}/obligations`, `/systems/${another}/evidence`];
    const backups = [`/systems/${another}/backup-requirements`, `/backup-requirements/${requirement}`];
    expect(await statuses(operator, [...seen, ...backups])).toEqual([200, 200, 200, 200]);
    expect(await statusOf(operator, `/systems/${elsewhere}`)).toBe(404);
  });

  it('proves backups and restores, and nothing else', async () => {
    const { status, body } = await operator.post(`/systems/${another}/evidence`, restoreTest);
    expect([status, body.recordedBy]).toEqual([201, expect.objectContaining({ displayName: '保全 学' })]);
    expect(await operator.post(`/systems/${another}/evidence`, contacts)).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
    expect(await operator.post(`/systems/${elsewhere}/evidence`, restoreTest)).toMatchObject({ status: 404 });
  });

  it('corrects proof of backups, and makes nothing else of it', async () => {
    const proof = (await operator.post(`/systems/${another}/evidence`, restoreTest)).body.id as string;
    const correction = { ...contacts, reason: 'of another kind' };
    expect((await operator.post(`/evidence/${proof}/supersede`, correction)).status).toBe(403);
    const owner = await app.as('owner');
    const review = (await owner.post(`/systems/${another}/evidence`, contacts)).body.id as string;
    const taken = { ...restoreTest, reason: 'mine now' };
    expect((await operator.post(`/evidence/${review}/supersede`, taken)).status).toBe(403);
    expect((await owner.get(`/evidence/${review}`)).body.supersededById).toBeNull();
  });

  it('sees no figures, procedures, people or policies, and changes no system or requirement', async () => {
    const closed = ['/readiness/tiers', '/readiness/systems', `/systems/${theirs}/procedures`, '/users', '/policies'];
    expect(await statuses(operator, closed)).toEqual(closed.map(() => 403));
    const { headers } = await operator.get(`/systems/${another}`);
    expect((await operator.patch(`/systems/${another}`, { name: '別' }, headers.get('etag'))).status).toBe(403);
    expect((await operator.post(`/backup-requirements/${requirement}/approve`)).status).toBe(403);
  });
});

describe('a contributor', () => {
  let contributor: Client;
  beforeAll(async () => {
    contributor = await app.as('contributor');
  });

  it('sees what they owe, and nothing beside it', async () => {
    expect(await idsOf(contributor, '/systems')).toEqual([theirs]);
    const owed = (await contributor.get('/obligations?limit=200')).body.items as { system: { id: string } }[];
    expect(owed.length).toBeGreaterThan(5);
    expect(owed.filter(({ system }) => system.id !== theirs)).toEqual([]);
    expect(await statuses(contributor, [`/systems/${theirs}`, `/systems/${theirs}/procedures`])).toEqual([200, 200]);
    expect(await statuses(contributor, [`/systems/${another}`, `/systems/${elsewhere}`])).toEqual([404, 404]);
  });

  it('sees no lists of people, organisations or policies and no figures', async () => {
    const closed = ['/users', '/organisations', '/policies', '/readiness/tiers', '/readiness/systems', '/reminders'];
    expect(await statuses(contributor, closed)).toEqual(closed.map(() => 403));
  });

  it('proves what they owe, and nothing of others', async () => {
    expect((await contributor.post(`/systems/${theirs}/evidence`, contacts)).status).toBe(201);
    expect((await contributor.post(`/systems/${theirs}/evidence`, restoreTest)).status).toBe(201);
    expect((await contributor.post(`/systems/${another}/evidence`, contacts)).status).toBe(404);
    const { headers } = await contributor.get(`/systems/${theirs}`);
    expect((await contributor.patch(`/systems/${theirs}`, { name: '別' }, headers.get('etag'))).status).toBe(403);
  });
});
