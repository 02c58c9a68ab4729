import { startTestApp, type TestApp } from '../support/app';
import { approvedProcedure, CONTENT } from '../support/builders/procedures';
import { changeTier, registerSystem } from '../support/builders/systems';
import type { Answer } from '../support/client';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp('changes-after-approval', { settings: { SESSION_IDLE_HOURS: '168' } });
});
afterAll(() => app.stop());

interface Standing {
  procedure: string;
  contacts: string;
  importance: string;
  drill: string;
  drillParams: Record<string, unknown>;
}

/** A system with everything proven: its procedure approved, drilled by it, contacts confirmed, importance reviewed. */
async function proven(): Promise<{ systemId: string; procedureId: string; versionId: string }> {
  app.clock.set('2027-06-01T01:00:00Z');
  const { id: systemId } = await registerSystem(app, { tier: 'MODERATE', rto: 'PT8H' }, 'owner');
  const { id: versionId, procedureId } = await approvedProcedure(app, systemId);
  app.clock.set('2027-06-03T01:00:00Z');
  const owner = await app.as('owner');
  const review = { kind: 'REVIEW', outcome: 'PASSED', performedAt: '2027-06-02T01:00:00Z' };
  for (const subject of ['CONTACTS', 'IMPORTANCE'])
    expect((await owner.post(`/systems/${systemId}/evidence`, { ...review, subject })).status).toBe(201);
  const drilled = await drill(systemId, '2027-06-02');
  expect([drilled.status, drilled.body.errors]).toEqual([201, undefined]);
  app.clock.set('2027-06-04T01:00:00Z');
  return { systemId, procedureId, versionId };
}

async function drill(systemId: string, on: string): Promise<Answer> {
  const [startedAt, finishedAt] = [`${on}T01:00:00Z`, `${on}T02:00:00Z`];
  return (await app.as('owner')).post(`/systems/${systemId}/evidence`, {
    ...{ kind: 'DRILL', outcome: 'PASSED', performedAt: finishedAt },
    drill: { type: 'TABLETOP', startedAt, finishedAt, attestedById: app.world.people.owner },
  });
}

async function standing(systemId: string): Promise<Standing> {
  const { body } = await (await app.as('owner')).get(`/systems/${systemId}/obligations`);
  const of = (key: string) =>
    body.items.find(({ ruleKey }: { ruleKey: string }) => ruleKey === key) as {
      state: string;
      dueOn: string;
      reason: { code: string; params: Record<string, unknown> };
    };
  const said = (key: string): string => `${of(key).state} ${of(key).reason.code} ${of(key).dueOn}`;
  const drill = of('drill-tabletop');
  return {
    procedure: said('procedure-review'),
    contacts: said('contacts-confirmed'),
    importance: said('importance-review'),
    drill: `${drill.state} ${drill.reason.code}`,
    drillParams: drill.reason.params,
  };
}

/** Writes the next version and lets another person approve it. */
async function nextVersion(procedureId: string, content: object): Promise<void> {
  const { body } = await (
    await app.as('owner')
  ).post(`/procedures/${procedureId}/versions`, { ...CONTENT, ...content });
  expect((await (await app.as('owner')).post(`/procedure-versions/${body.id}/submit`)).status).toBe(200);
  expect((await (await app.as('manager')).post(`/procedure-versions/${body.id}/approve`, {})).status).toBe(200);
}

async function edit(systemId: string, fields: object): Promise<void> {
  const admin = await app.as('admin');
  const { headers } = await admin.get(`/systems/${systemId}`);
  const { status } = await admin.patch(`/systems/${systemId}`, fields, headers.get('etag'));
  expect(status).toBe(200);
}

const REOPENED = 'DUE_SOON CHANGED_SINCE_REVIEW 2027-07-04';
const ANEW = 'MET PROVEN_UNTIL 2028-06-04';
const STILL = { contacts: 'MET PROVEN_UNTIL 2027-12-02', importance: 'MET PROVEN_UNTIL 2028-06-02' };
const ALL_REOPENED = { procedure: REOPENED, contacts: REOPENED, importance: REOPENED };
const OLDER = { drill: 'MET DRILL_OF_OLDER_VERSION', drillParams: { drilledVersion: 1, version: 2 } };
const BEFORE = { drill: 'MET DRILL_BEFORE_CHANGE', drillParams: { changedOn: '2027-06-04' } };

type Change = (of: { systemId: string; procedureId: string }) => Promise<void>;
const CHANGES: [string, Change, object][] = [
  [
    'a step',
    ({ procedureId }) => nextVersion(procedureId, { steps: [...CONTENT.steps, { key: 'check', title: '確認' }] }),
    { procedure: ANEW, ...STILL, ...OLDER },
  ],
  [
    'a contact',
    ({ procedureId }) => nextVersion(procedureId, { contacts: [{ name: '当直', phone: '03-0000-0009' }] }),
    { procedure: ANEW, ...STILL, contacts: REOPENED, ...OLDER },
  ],
  [
    'a dependency',
    async ({ systemId }) => {
      const needed = await registerSystem(app, { tier: 'HIGH' }, 'owner');
      const admin = await app.as('admin');
      const { headers } = await admin.get(`/systems/${systemId}/dependencies`);
      const { status } = await admin.put(
        `/systems/${systemId}/dependencies`,
        { dependsOn: [{ systemId: needed.id, hard: true }] },
        headers.get('etag'),
      );
      expect(status).toBe(200);
    },
    { ...ALL_REOPENED, ...BEFORE },
  ],
  ['a target', ({ systemId }) => edit(systemId, { rto: 'PT6H' }), { ...ALL_REOPENED, ...BEFORE }],
  [
    'the tier',
    async ({ systemId }) => void (await changeTier(app, systemId, 'HIGH')), // Contacts of HIGH are announced 14 days ahead.
    { ...ALL_REOPENED, contacts: 'MET PROVEN_UNTIL 2027-07-04', ...BEFORE },
  ],
  ['the owner', ({ systemId }) => edit(systemId, { ownerId: null }), { ...ALL_REOPENED, ...BEFORE }],
];

describe('a change after the approval', () => {
  it.each(CHANGES)(
    'of %s reopens what rests on it within 30 days, and the drill says that it is older',
    async (_, change, after) => {
      const made = await proven();
      expect(await standing(made.systemId)).toMatchObject({ ...STILL, drill: 'MET PROVEN_UNTIL' });
      await change(made);
      expect(await standing(made.systemId)).toMatchObject(after);
    },
  );

  it('leaves alone what it does not touch', async () => {
    const { systemId } = await proven();
    const before = await standing(systemId);
    await edit(systemId, { note: '庁舎の移転に伴い電話番号を更新' });
    expect(await standing(systemId)).toEqual(before);
  });

  it('is on the page of the version in force, with the version that was drilled', async () => {
    const { procedureId, versionId } = await proven();
    const owner = await app.as('owner');
    const drilled = { performedOn: '2027-06-02', version: 1 };
    expect((await owner.get(`/procedure-versions/${versionId}`)).body.lastDrill).toEqual(drilled);
    await nextVersion(procedureId, { contacts: [] });
    const { body } = await owner.post(`/procedures/${procedureId}/versions`, CONTENT);
    expect([body.version, body.lastDrill]).toEqual([3, drilled]);
  });

  it('is past once the system is drilled again', async () => {
    const { systemId, procedureId } = await proven();
    await nextVersion(procedureId, { contacts: [] });
    app.clock.set('2027-06-06T01:00:00Z');
    await drill(systemId, '2027-06-05');
    expect((await standing(systemId)).drill).toBe('MET PROVEN_UNTIL');
  });
});
