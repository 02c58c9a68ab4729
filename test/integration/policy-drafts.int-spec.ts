import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';

let app: TestApp;
let ciso: Client;
let admin: Client;
let organisationId: string;

beforeAll(async () => {
  app = await startTestApp('policy drafts');
  ciso = await app.as('ciso');
  admin = await app.as('admin');
  organisationId = app.world.organisations.agency;
});
afterAll(() => app.stop());
beforeEach(() =>
  app.database.query(
    `SET session_replication_role = replica; DELETE FROM policy WHERE organisation_id = '${organisationId}'`,
  ),
);

type Json = Record<string, unknown> & { key: string };
const packWith = (edit: (rule: Json) => Json | null): Json[] =>
  (JSON.parse(JSON.stringify(DEFAULT_POLICY.rules)) as Json[]).flatMap((rule) => edit(rule) ?? []);

const MEASURE = {
  ...{ key: 'guest-network', kind: 'ATTESTATION', scope: 'SYSTEM', metBy: { kinds: ['ATTESTATION'] } },
  title: { ja: '来訪者用回線の分離', en: 'Guest network apart' },
  tiers: { HIGH: { gating: false, cadence: 'P12M' } },
};

it('holds the clause and the edition of each rule as the administrator typed them, and the product ships none', async () => {
  const { body } = await admin.post('/policies', { organisationId });
  expect(body.rules.every(({ clause, edition }: Json) => clause === null && edition === null)).toBe(true);
  const rules = packWith((rule) =>
    rule.key === 'restore-test' ? { ...rule, clause: '6.2.1(1)', edition: '令和5年度版' } : rule,
  );
  const edited = await ciso.patch(`/policies/${body.id}`, { rules }, '"1"');
  expect(edited.body.rules.find(({ key }: Json) => key === 'restore-test')).toMatchObject({
    clause: '6.2.1(1)',
    edition: '令和5年度版',
  });
  const long = packWith((rule) => ({ ...rule, clause: 'x'.repeat(201) }));
  expect(await ciso.patch(`/policies/${body.id}`, { rules: long }, '"2"')).toMatchObject({
    status: 400,
    body: { errors: expect.arrayContaining([expect.objectContaining({ field: 'rules[0].clause', code: 'TOO_LONG' })]) },
  });
});

it('takes a measure of the office as a rule, and its systems owe it once it is published', async () => {
  const { body } = await admin.post('/policies', { organisationId, rules: [...DEFAULT_POLICY.rules, MEASURE] });
  await ciso.post(`/policies/${body.id}/publish`);
  const manager = await app.as('manager');
  const system = (await manager.post('/systems', { code: 'M-1', name: '対象', tier: 'HIGH', organisationId })).body;
  const { items } = (await manager.get(`/systems/${system.id}/obligations?ruleKey=guest-network`)).body;
  expect(items).toEqual([expect.objectContaining({ ruleTitle: '来訪者用回線の分離', state: 'UNKNOWN' })]);
});

it('says the clause and the edition beside what follows from the rule', async () => {
  const rules = packWith((rule) =>
    rule.key === 'restore-test' ? { ...rule, clause: '6.2.1(1)', edition: '令和5年度版' } : rule,
  );
  const { body } = await admin.post('/policies', { organisationId, rules });
  await ciso.post(`/policies/${body.id}/publish`);
  const manager = await app.as('manager');
  const system = (await manager.post('/systems', { code: 'M-2', name: '根拠', tier: 'HIGH', organisationId })).body;
  const { items } = (await manager.get(`/systems/${system.id}/obligations`)).body;
  const shown = items.map(({ ruleKey, clause, edition }: Json) => [ruleKey, clause, edition]);
  expect(shown).toContainEqual(['restore-test', '6.2.1(1)', '令和5年度版']);
  expect(shown).toContainEqual(['contacts-confirmed', null, null]);
  const { body: table } = await manager.get('/obligations/export?format=csv&ruleKey=restore-test');
  expect(String(table)).toContain('6.2.1(1) / 令和5年度版');
});

it('leaves optional rules out, and no others below a floor', async () => {
  const optional = packWith((rule) => (rule.optional ? null : rule));
  expect(optional.length).toBeLessThan(DEFAULT_POLICY.rules.length);
  const { status, body } = await admin.post('/policies', { organisationId, rules: optional });
  expect([status, body.rules.length]).toEqual([201, optional.length]);
  const rules = packWith((rule) => (rule.key === 'restore-test' ? null : rule));
  expect(await ciso.patch(`/policies/${body.id}`, { rules }, '"1"')).toMatchObject({
    status: 422,
    body: { code: 'POLICY_REFUSED', errors: expect.arrayContaining([expect.objectContaining({ field: 'rules' })]) },
  });
});

it('offers each step to those who may take it, and to nobody else', async () => {
  const { body } = await admin.post('/policies', { organisationId });
  const offered = async (who: Client): Promise<string[]> => (await who.get(`/policies/${body.id}`)).body.offered;
  expect(await offered(admin)).toEqual(['edit']);
  expect(await offered(ciso)).toEqual(['edit', 'publish']);
  expect(await offered(await app.as('manager'))).toEqual([]);
  await ciso.post(`/policies/${body.id}/publish`);
  expect(await offered(admin)).toEqual(['draft']);
  await admin.post('/policies', { organisationId });
  expect(await offered(admin)).toEqual([]);
});

it('names the cell that is refused in the language of the caller', async () => {
  const grace = { HIGH: 'P90D', MODERATE: 'P60D', LOW: 'P90D' };
  const refused = async (): Promise<unknown> =>
    (await admin.post('/policies', { organisationId, grace })).body.errors[0];
  expect(await refused()).toEqual({
    ...{ field: 'grace.HIGH', code: 'LAXER_THAN_LOWER_TIER' },
    message: '重要度 高 / 猶予期間: 90日 は、下位の重要度の 60日 より緩くなっています。',
  });
  await app.database.query(`UPDATE app_user SET locale = 'en' WHERE id = $1`, [app.world.people.admin]);
  expect(await refused()).toMatchObject({
    message: 'tier High / grace: 90 d is laxer than 60 d of the lower tier.',
  });
  await app.database.query(`UPDATE app_user SET locale = 'ja' WHERE id = $1`, [app.world.people.admin]);
});

it('can take rules back from the pack the product ships with', async () => {
  const { status, body } = await (await app.as('owner')).get('/policies/packs/default');
  expect({ status, body }).toEqual({ status: 200, body: JSON.parse(JSON.stringify(DEFAULT_POLICY)) });
});
