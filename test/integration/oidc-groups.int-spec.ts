import type { TestApp } from '../support/app';
import type { Answer } from '../support/client';
import { Office } from '../support/oidc/office';
import type { Visitor } from '../support/oidc/visitor';

let office: Office;
let service: TestApp;

beforeAll(async () => {
  office = await Office.open('oidc groups');
  service = office.service;
});
afterAll(() => office?.stop());

const visitor = (): Visitor => office.visitor();
const known = (login: string, claims?: object): Promise<void> => office.know(login, claims);
const me = (browser: Visitor): Promise<Answer> => office.me(browser);

async function mapGroups(...mappings: { group: string; role: string; organisationId: string }[]): Promise<Answer> {
  return (await service.as('admin')).put('/oidc/group-mappings', { mappings }, null);
}

const rolesOf = async (browser: Visitor): Promise<string[]> =>
  (await me(browser)).body.roles.map(({ role }: { role: string }) => role);

describe('groups at the provider', () => {
  it('give roles while the person is in them; roles given by hand stay', async () => {
    const { agency, otherAgency } = service.world.organisations;
    const mapped = await mapGroups(
      { group: 'iso', role: 'MANAGER', organisationId: agency },
      { group: 'owners', role: 'OWNER', organisationId: agency },
    );
    expect(mapped.status).toBe(200);
    await known('ueda', { groups: ['iso', 'owners', 'of no meaning here'] });
    const first = visitor();
    await first.signIn('ueda');
    expect(await rolesOf(first)).toEqual(['MANAGER', 'OWNER']);

    const admin = await service.as('admin');
    const path = `/users/${(await me(first)).body.user.id}`;
    const seen = await admin.get(path);
    const given = [
      { role: 'MANAGER', organisationId: agency },
      { role: 'OWNER', organisationId: agency },
      { role: 'OWNER', organisationId: otherAgency },
    ];
    expect((await admin.put(`${path}/roles`, { roles: given }, seen.headers.get('etag'))).status).toBe(200);

    await known('ueda', { groups: ['owners'] });
    const second = visitor();
    await second.signIn('ueda');
    expect((await me(second)).body.roles).toEqual([
      expect.objectContaining({ role: 'OWNER', organisationId: agency }),
      expect.objectContaining({ role: 'OWNER', organisationId: otherAgency }),
    ]);

    await known('ueda', { groups: [] });
    const third = visitor();
    await third.signIn('ueda');
    expect((await me(third)).body.roles).toEqual([
      expect.objectContaining({ role: 'OWNER', organisationId: otherAgency }),
    ]);
  });

  it('make nobody the auditor of what they manage: neither by one group, nor beside a role given by hand', async () => {
    const { agency, ministry } = service.world.organisations;
    const both = await mapGroups(
      { group: 'iso', role: 'MANAGER', organisationId: agency },
      { group: 'iso', role: 'AUDITOR', organisationId: ministry },
    );
    expect(both).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'mappings[1].role', code: 'AUDITOR_ONLY_AUDITS' }] },
    });
    const apart = await mapGroups(
      { group: 'iso', role: 'MANAGER', organisationId: agency },
      { group: 'audit', role: 'AUDITOR', organisationId: ministry },
    );
    expect(apart.status).toBe(200);
    await known('kanda', { groups: ['iso', 'audit'] });
    const browser = visitor();
    const arrival = await browser.signIn('kanda');
    expect(arrival.url.href).toContain('/sign-in?problem=AUDITOR_ONLY_AUDITS');
    expect((await me(browser)).status).toBe(401);
  });

  it('end the other sessions of who gains or loses a role, and are on record', async () => {
    await mapGroups({ group: 'iso', role: 'MANAGER', organisationId: service.world.organisations.agency });
    await known('wada');
    const [before, after] = [visitor(), visitor()];
    await before.signIn('wada');
    await known('wada', { groups: ['iso'] });
    await after.signIn('wada');
    expect((await me(before)).status).toBe(401);
    expect((await me(after)).status).toBe(200);
    const [event] = await service.dataSource.query(
      `SELECT after FROM audit_event WHERE action = 'user.roles_synchronised' AND record_id = $1`,
      [(await me(after)).body.user.id],
    );
    expect(event.after.roles).toEqual([{ role: 'MANAGER', organisationId: service.world.organisations.agency }]);
  });

  it('are mapped by administrators, each in their organisations', async () => {
    const outsider = await service.as('outsider');
    const { agency, otherMinistry } = service.world.organisations;
    const foreign = await outsider.put(
      '/oidc/group-mappings',
      { mappings: [{ group: 'x', role: 'ADMIN', organisationId: agency }] },
      null,
    );
    expect([foreign.status, foreign.body.errors[0].field]).toEqual([422, 'mappings[0].organisationId']);
    const own = [{ group: 'x', role: 'ADMIN', organisationId: otherMinistry }];
    expect((await outsider.put('/oidc/group-mappings', { mappings: own }, null)).body).toEqual({ mappings: own });
    const { body } = await (await service.as('admin')).get('/oidc/group-mappings');
    expect(body.mappings).not.toContainEqual(own[0]);
    expect(body.mappings.length).toBeGreaterThan(0);
    for (const person of ['manager', 'auditor'] as const)
      expect((await (await service.as(person)).get('/oidc/group-mappings')).status).toBe(403);
  });

  it('are refused twice, and the mappings stay as they were', async () => {
    const mapping = { group: 'iso', role: 'MANAGER', organisationId: service.world.organisations.agency };
    await mapGroups(mapping);
    expect((await mapGroups(mapping, mapping)).status).toBe(400);
    expect((await (await service.as('admin')).get('/oidc/group-mappings')).body).toEqual({ mappings: [mapping] });
  });
});
