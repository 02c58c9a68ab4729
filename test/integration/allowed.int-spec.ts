import { type TestApp, startTestApp } from '../support/app';
import { actOn, writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { PersonName } from '../support/world';

let app: TestApp;
let own: string;
let other: string;

beforeAll(async () => {
  app = await startTestApp('allowed');
  own = (await registerSystem(app, { ownerId: app.world.people.owner, deputyId: app.world.people.contributor })).id;
  other = (await registerSystem(app, { ownerId: app.world.people.deputy })).id;
});
afterAll(() => app.stop());

const allowedTo = async (person: PersonName, system: string): Promise<string[]> =>
  (await (await app.as(person)).get(`/systems/${system}`)).body.allowed;
const get = async (person: PersonName, path: string) => (await (await app.as(person)).get(path)).body;

const OF_AN_OWNER = [
  ...['systems:write', 'evidence:write', 'backup-evidence:write', 'waivers:request', 'improvements:write'],
  ...['procedures:read', 'procedures:write', 'backups:write', 'inlets:write'],
];

describe('what the API says may be done with a system', () => {
  it.each([
    ['owner', 'theirs', OF_AN_OWNER],
    ['owner', 'another', ['procedures:read']],
    ['contributor', 'theirs', ['evidence:write', 'backup-evidence:write', 'improvements:write', 'procedures:read']],
    ['operator', 'another', ['backup-evidence:write', 'inlets:write']],
    ['auditor', 'another', ['procedures:read']],
  ] as const)('to the %s with %s system', async (person, whose, expected) => {
    expect(await allowedTo(person, whose === 'theirs' ? own : other)).toEqual(expected);
  });

  it('also beside each obligation, so that lists offer nothing that would be refused', async () => {
    const { items } = await get('owner', '/obligations?limit=200');
    const allowed = new Map<string, string[]>(
      items.map((obligation: { system: { id: string }; allowed: string[] }) => [
        obligation.system.id,
        obligation.allowed,
      ]),
    );
    expect(allowed.get(own)).toEqual(OF_AN_OWNER);
    expect(allowed.get(other)).toEqual(['procedures:read']);
  });

  it('holds when it is tried', async () => {
    const owner = await app.as('owner');
    for (const [system, status] of [
      [own, 200],
      [other, 403],
    ] as const) {
      const { body } = await owner.get(`/systems/${system}`);
      const answer = await owner.patch(`/systems/${system}`, { note: '試し' }, `"${body.version}"`);
      expect([body.allowed.includes('systems:write'), answer.status]).toEqual([status === 200, status]);
    }
  });
});

describe('what is one’s own request', () => {
  it('is said of a procedure to who wrote or submitted it, and of a requirement to who wrote it', async () => {
    const [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
    const { body } = await writeProcedure(admin, own);
    const ownTo = async (person: PersonName): Promise<boolean> =>
      (await get(person, `/procedure-versions/${body.id}`)).ownRequest;
    expect([await ownTo('admin'), await ownTo('manager')]).toEqual([true, false]);
    await actOn(body.id, 'submit', manager);
    expect([await ownTo('admin'), await ownTo('manager'), await ownTo('ciso')]).toEqual([true, true, false]);
  });

  it('is not offered for publication', async () => {
    const admin = await app.as('admin');
    const draft = (await admin.post('/policies', { organisationId: app.world.organisations.agency })).body;
    expect(draft.offered).toEqual(['edit']);
    expect((await get('ciso', `/policies/${draft.id}`)).offered).toEqual(['edit', 'publish']);
    expect((await get('manager', `/policies/${draft.id}`)).offered).toEqual([]);
  });
});
