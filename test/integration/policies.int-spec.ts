import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import type { PolicyRules } from '../../src/core/policy/rule';
import { JobQueue } from '../../src/platform/queue/job-queue';
import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';
import { itemsOfAllPages } from '../support/pages';
import type { OrganisationName } from '../support/world';

type Terms = Record<string, unknown>;
type Json = Record<string, unknown> & { key: string; tiers: Record<string, Terms> };

let app: TestApp;
let ciso: Client;
let admin: Client;
let agency: string;

beforeAll(async () => {
  app = await startTestApp('policies');
  ciso = await app.as('ciso');
  admin = await app.as('admin');
  agency = app.world.organisations.agency;
});
afterAll(() => app.stop());
// Without triggers, since PostgreSQL keeps what has been published.
beforeEach(() =>
  app.database.query(
    `SET session_replication_role = replica;
     DELETE FROM policy WHERE organisation_id IN (SELECT id FROM organisation WHERE parent_id IS NOT NULL) OR status = 'DRAFT'`,
  ),
);

/** The default rules after an edit, as JSON. */
const rulesWith = (edit: (rules: Json[]) => void): Json[] => {
  const rules = JSON.parse(JSON.stringify(DEFAULT_POLICY.rules)) as Json[];
  edit(rules);
  return rules;
};
const ruleOf = (rules: Json[], key: string): Json => rules.find((rule) => rule.key === key) as Json;
const termsOf = (rules: Json[], key: string, tier: string): Terms => ruleOf(rules, key).tiers[tier] as Terms;
const indexOf = (key: string): number => DEFAULT_POLICY.rules.findIndex((rule) => rule.key === key);
/** Written by the administrator, so that the CISO's office may publish it. */
const draft = async (at: OrganisationName, more: object = {}, by: Client = admin) =>
  by.post('/policies', { organisationId: app.world.organisations[at], ...more });
const publish = async (at: OrganisationName, more: object = {}) => {
  const { body } = await draft(at, more);
  return ciso.post(`/policies/${body.id}/publish`);
};
const stricter = { rules: rulesWith((rules) => (termsOf(rules, 'restore-test', 'HIGH').cadence = 'P1M')) };

describe('a draft', () => {
  it('begins from the pack the product ships with', async () => {
    const answer = await draft('agency', { pack: 'default' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toMatchObject({
      ...{ organisation: { code: 'AGC-1' }, version: 1, status: 'DRAFT', effectiveOn: null, publishedAt: null },
      grace: { HIGH: 'P30D', MODERATE: 'P60D', LOW: 'P90D' },
      reviewAfterChange: 'P30D',
    });
    expect(answer.body.rules).toHaveLength(DEFAULT_POLICY.rules.length);
    expect(answer.body.rules[indexOf('restore-test')]).toMatchObject({
      ...{ key: 'restore-test', title: '復元試験', kind: 'RESTORE_TEST', scope: 'SYSTEM', optional: false },
      tiers: { HIGH: { required: true, gating: true, cadence: 'P3M', grace: 'P30D', minStrength: 'RESTORED' } },
    });
    expect(answer.body.rules[indexOf('rto-maximum')].tiers.HIGH.maximum).toBe('PT4H');
    expect(answer.body.rules[indexOf('backup-offline-copy')].tiers.LOW.required).toBe(false);
    expect((await ciso.get(`/policies/${answer.body.id}/rules`)).body).toEqual(
      JSON.parse(JSON.stringify(DEFAULT_POLICY)),
    );
  });

  it('begins from the policy in force, which may be that of an organisation above', async () => {
    const { body } = await draft('agency', { pack: 'in-force', ...stricter });
    await ciso.post(`/policies/${body.id}/publish`);
    const own = await draft('agency', { pack: 'in-force' });
    expect(own.body.rules[indexOf('restore-test')].tiers.HIGH.cadence).toBe('P1M');
    expect(own.body.version).toBe(2);
    const above = await draft('otherAgency', { pack: 'in-force' });
    expect(above.body.rules[indexOf('restore-test')].tiers.HIGH.cadence).toBe('P3M');
  });

  it('is one of each organisation', async () => {
    await draft('agency');
    expect(await draft('agency')).toMatchObject({ status: 409, body: { code: 'POLICY_DRAFT_EXISTS' } });
  });

  it('is changed in parts, by one who read it', async () => {
    const { body } = await draft('agency');
    const path = `/policies/${body.id}`;
    const grace = { HIGH: 'P7D', MODERATE: 'P60D', LOW: 'P90D' };
    const edited = await ciso.patch(path, { grace }, '"1"');
    expect(edited).toMatchObject({ status: 200, body: { grace, reviewAfterChange: 'P30D', rowVersion: 2 } });
    expect(edited.headers.get('etag')).toBe('"2"');
    expect(await ciso.patch(path, { grace }, '"1"')).toMatchObject({ status: 412 });
    expect(await ciso.patch(path, { grace }, null)).toMatchObject({ status: 428 });
    expect(await ciso.patch(path, { version: 9 }, '"2"')).toMatchObject({
      status: 400,
      body: { code: 'UNKNOWN_FIELD' },
    });
  });

  it('is thrown away', async () => {
    const { body } = await draft('agency');
    expect(await ciso.delete(`/policies/${body.id}`, '"7"')).toMatchObject({ status: 412 });
    expect(await ciso.delete(`/policies/${body.id}`, '"1"')).toMatchObject({ status: 204 });
    expect(await ciso.get(`/policies/${body.id}`)).toMatchObject({ status: 404, body: { code: 'POLICY_NOT_FOUND' } });
    expect((await draft('agency')).status).toBe(201);
  });

  it('of the wrong shape is refused with the path of each mistake', async () => {
    const rules = rulesWith((all) => {
      termsOf(all, 'restore-test', 'HIGH').cadence = 'quarterly';
      ruleOf(all, 'rto-maximum').colour = 'red';
    });
    const answer = await draft('agency', { rules, grace: { HIGH: 'P30D' } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_FIELDS' } });
    expect(answer.body.errors.map(({ field, code }: never) => `${field} ${code}`).sort()).toEqual([
      'grace.LOW REQUIRED',
      'grace.MODERATE REQUIRED',
      `rules[${indexOf('rto-maximum')}].colour UNKNOWN_FIELD`,
      `rules[${indexOf('restore-test')}].tiers.HIGH.cadence NOT_A_PERIOD`,
    ]);
  });

  it('in which a higher tier owes less than a lower one is refused', async () => {
    const rules = rulesWith((all) => {
      termsOf(all, 'restore-test', 'HIGH').cadence = 'P7M';
      delete ruleOf(all, 'contacts-confirmed').tiers.HIGH;
    });
    const otherMinistry = await draft('otherMinistry', { rules }, await app.as('outsider'));
    expect(otherMinistry).toMatchObject({ status: 422, body: { code: 'POLICY_REFUSED' } });
    expect(otherMinistry.body.errors).toEqual([
      {
        field: `rules[${indexOf('contacts-confirmed')}].tiers.HIGH`,
        code: 'RULE_MISSING',
        message: '連絡先の確認 / 重要度 高: 「連絡先の確認」が必要です。',
      },
      {
        field: `rules[${indexOf('restore-test')}].tiers.HIGH.cadence`,
        code: 'LAXER_THAN_LOWER_TIER',
        message: '復元試験 / 重要度 高 / 間隔: 7か月 は、下位の重要度の 6か月 より緩くなっています。',
      },
    ]);
  });

  it('that asks less than the policy above is refused', async () => {
    const rules = rulesWith((all) => {
      termsOf(all, 'drill-tabletop', 'LOW').cadence = 'P24M';
      all.splice(indexOf('restore-test'), 1);
    });
    const answer = await draft('agency', { rules, reviewAfterChange: 'P60D' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'POLICY_REFUSED' } });
    expect(answer.body.errors.map(({ field, code }: never) => `${field} ${code}`)).toEqual(
      expect.arrayContaining([
        'reviewAfterChange BELOW_FLOOR',
        'rules RULE_MISSING',
        `rules[${indexOf('drill-tabletop') - 1}].tiers.LOW.cadence BELOW_FLOOR`,
      ]),
    );
  });

  it('is nothing for those who only read, nor from outside', async () => {
    for (const person of ['owner', 'manager', 'auditor'] as const)
      expect(await draft('agency', {}, await app.as(person))).toMatchObject({ status: 403 });
    expect(await draft('agency', {}, await app.as('outsider'))).toMatchObject({ status: 422 });
    const { body } = await draft('agency');
    const outsider = await app.as('outsider');
    expect(await outsider.get(`/policies/${body.id}`)).toMatchObject({ status: 404 });
    expect(await outsider.post(`/policies/${body.id}/publish`)).toMatchObject({ status: 404 });
    expect(await outsider.patch(`/policies/${body.id}`, {}, '"1"')).toMatchObject({ status: 404 });
    expect(await (await app.as('auditor')).post(`/policies/${body.id}/publish`)).toMatchObject({ status: 403 });
  });
});

describe('a publication', () => {
  it('puts the version in force from today, with what its systems owe', async () => {
    const system = (
      await (
        await app.as('manager')
      ).post('/systems', { code: 'P-1', name: '対象', tier: 'HIGH', organisationId: agency })
    ).body;
    const policyOf = async () =>
      app.database.query<{ id: string }>('SELECT DISTINCT policy_id AS id FROM obligation WHERE system_id = $1', [
        system.id,
      ]);
    const [before] = await policyOf();
    const { status, body } = await publish('agency', stricter);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ status: 'PUBLISHED', effectiveOn: '2026-11-23', publishedAt: '2026-11-23T00:00:00.000Z', belowFloor: [] },
      publishedBy: { id: app.world.people.ciso },
    });
    expect(await policyOf()).toEqual([{ id: body.id }]);
    expect(before?.id).not.toBe(body.id);
    const [event] = await app.database.query(`SELECT after FROM audit_event WHERE action = 'policy.published'`);
    expect(event).toEqual({ after: { version: 1, effectiveOn: '2026-11-23', supersedes: null } });
  });

  it('supersedes the version before', async () => {
    const first = (await publish('agency')).body;
    const second = (await publish('agency')).body;
    expect(second.version).toBe(2);
    expect((await ciso.get(`/policies/${first.id}`)).body.status).toBe('SUPERSEDED');
    const { items } = (await ciso.get(`/policies?organisationId=${agency}`)).body;
    expect(items.map(({ version, status }: never) => [version, status])).toEqual([
      [2, 'PUBLISHED'],
      [1, 'SUPERSEDED'],
    ]);
  });

  it('is final', async () => {
    const { body } = await publish('agency');
    const refusal = { status: 409, body: { code: 'POLICY_NOT_DRAFT' } };
    expect(await ciso.post(`/policies/${body.id}/publish`)).toMatchObject(refusal);
    expect(await ciso.patch(`/policies/${body.id}`, { reviewAfterChange: 'P7D' }, '"1"')).toMatchObject(refusal);
    expect(await ciso.delete(`/policies/${body.id}`, '"1"')).toMatchObject(refusal);
  });

  it('is checked against the policy above as it is then, and names the policies below that are left behind', async () => {
    const { body: waiting } = await draft('agency');
    await publish('otherAgency');
    const ministry = await draft('ministry', stricter);
    const published = await ciso.post(`/policies/${ministry.body.id}/publish`);
    expect(published.body.belowFloor).toEqual([
      {
        policyId: expect.any(String),
        organisation: expect.objectContaining({ code: 'AGC-2' }),
        findings: 1,
      },
    ]);
    expect(await ciso.post(`/policies/${waiting.id}/publish`)).toMatchObject({
      status: 422,
      body: { code: 'POLICY_REFUSED', errors: [{ code: 'BELOW_FLOOR' }] },
    });
    const back = await draft('ministry');
    expect(await ciso.post(`/policies/${back.body.id}/publish`)).toMatchObject({ status: 200 });
  });

  it('leaves more systems than fit one transaction to the worker', async () => {
    await app.database.query(
      `INSERT INTO system (id, organisation_id, code, name, tier, operating_since_on, tier_since_on)
       SELECT gen_random_uuid(), $1, 'BULK-' || n, '多数', 'LOW', '2026-01-01', '2026-01-01' FROM generate_series(1, 501) n`,
      [app.world.organisations.otherAgency],
    );
    const { status, body } = await publish('otherAgency');
    expect(status).toBe(200);
    const [count] = await app.database.query(`SELECT count(*)::int AS n FROM obligation WHERE policy_id = $1`, [
      body.id,
    ]);
    expect(count).toEqual({ n: 0 });
    const jobs = await app.app.get(JobQueue).queue('obligations').getJobs(['waiting']);
    const { otherAgency } = app.world.organisations;
    expect(jobs.map(({ name, data }) => [name, data])).toEqual([
      ['obligations.refresh', { organisationId: otherAgency }],
    ]);
  });
});

describe('the list of policies', () => {
  it('shows a person the policy in force for them, though it is that of an organisation above', async () => {
    const owner = await app.as('owner');
    const inForce = async () => (await owner.get(`/policies?inForceFor=${agency}`)).body.items;
    const [above] = await inForce();
    expect(above).toMatchObject({ organisation: { code: 'MIN' }, status: 'PUBLISHED' });
    expect((await owner.get(`/policies/${above.id}`)).status).toBe(200);
    const { body } = await publish('agency');
    expect(await inForce()).toEqual([expect.objectContaining({ id: body.id })]);
  });

  it('does not show drafts of organisations above, nor anything of another ministry', async () => {
    const { body } = await draft('ministry');
    const owner = await app.as('owner');
    expect((await owner.get(`/policies/${body.id}`)).status).toBe(404);
    const seen = (await owner.get('/policies')).body.items;
    expect(seen.map(({ organisation, status }: never) => [(organisation as Terms).code, status])).not.toContainEqual([
      'MIN',
      'DRAFT',
    ]);
    expect(seen.map(({ organisation }: never) => (organisation as Terms).code)).not.toContain('OTHER');
    expect((await ciso.get('/policies?status=DRAFT')).body.items).toEqual([expect.objectContaining({ id: body.id })]);
  });

  it('is given in pages that together are the list', async () => {
    await publish('agency');
    await draft('agency');
    const whole = (await ciso.get('/policies')).body.items.map(({ id }: { id: string }) => id);
    const pages = (await itemsOfAllPages<{ id: string }>(ciso, '/policies', 1)).map(({ id }) => id);
    expect(pages).toEqual(whole);
  });

  it('gives titles in the language of the caller', async () => {
    const { body } = await draft('agency');
    await app.database.query(`UPDATE app_user SET locale = 'en' WHERE id = $1`, [app.world.people.admin]);
    const { rules } = (await (await app.as('admin')).get(`/policies/${body.id}`)).body as PolicyRules;
    await app.database.query(`UPDATE app_user SET locale = 'ja' WHERE id = $1`, [app.world.people.admin]);
    expect(rules[indexOf('restore-test')]?.title).toBe('Restore tested');
  });
});
