import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import type { Rule } from '../../src/core/policy/rule';
import { ObligationLedger } from '../../src/obligations/obligation-ledger';
import { JobQueue } from '../../src/platform/queue/job-queue';
import { PolicyPreviewsService } from '../../src/registry/policies/preview/policy-previews.service';
import { type TestApp, startTestApp } from '../support/app';
import { prove } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';

let app: TestApp;
let ciso: Client;
let admin: Client;
let agency: string;
let ministry: string;

beforeAll(async () => {
  app = await startTestApp('policy previews');
  ciso = await app.as('ciso');
  admin = await app.as('admin');
  ({ agency, ministry } = app.world.organisations);
  const manager = await app.as('manager');
  for (const tier of ['HIGH', 'LOW'])
    await manager.post('/systems', { code: `V-${tier}`, name: `対象 ${tier}`, tier, organisationId: agency });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.database.query(
    `SET session_replication_role = replica; DELETE FROM policy_preview;
     DELETE FROM policy WHERE status = 'DRAFT' OR version > 1
       OR organisation_id IN (SELECT id FROM organisation WHERE parent_id IS NOT NULL);
     UPDATE policy SET status = 'PUBLISHED'`,
  );
  await app.app.get(ObligationLedger, { strict: false }).refreshAll(app.dataSource.manager);
});

const MEASURE: Rule = {
  ...{ key: 'guest-network', kind: 'ATTESTATION', scope: 'SYSTEM', metBy: { kinds: ['ATTESTATION'] } },
  title: { ja: '来訪者用回線の分離', en: 'Guest network apart' },
  tiers: { HIGH: { gating: true, cadence: 'P12M' } },
};
/** A measure that everything has to have, for a policy of nothing else. */
const ALL: Rule = {
  ...{ ...MEASURE, key: 'locked-rooms', title: { ja: '施錠', en: 'Locked rooms' } },
  tiers: { HIGH: { gating: true, cadence: 'P12M' }, MODERATE: MEASURE.tiers.HIGH, LOW: MEASURE.tiers.HIGH },
};
const draft = async (organisationId: string, rules: readonly Rule[] = [...DEFAULT_POLICY.rules, MEASURE]) =>
  (await admin.post('/policies', { organisationId, rules })).body.id as string;

describe('a dry run of a draft', () => {
  it('over few systems is answered at once, with what begins, when it is first due and whose verdict changes', async () => {
    const id = await draft(agency);
    expect((await ciso.get(`/policies/${id}/preview`)).body).toMatchObject({ status: 'NONE', effects: null });
    const answer = await ciso.post(`/policies/${id}/preview`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      ...{ status: 'DONE', current: true, effectiveOn: '2026-11-23', systemsRead: 2, systemsTotal: 2 },
      effects: {
        total: { systems: 2, begun: 1, begunMet: 0, ended: 0, moved: 0, reddened: 0 },
        rules: [{ ruleKey: 'guest-network', ruleTitle: '来訪者用回線の分離', begun: 1 }],
        firstDue: [{ dueOn: '2026-12-23', tier: 'HIGH', obligations: 1 }],
        organisations: [{ organisation: { code: 'AGC-1' }, begun: 1 }],
        below: [],
      },
    });
    const published = await ciso.post(`/policies/${id}/publish`);
    expect(published.status).toBe(200);
    const due = await app.database.query(`SELECT due_on::text AS due FROM obligation WHERE rule_key = 'guest-network'`);
    expect(due).toEqual([{ due: '2026-12-23' }]);
  });

  it('says which systems change their verdict, from what to what, and no other', async () => {
    const simple = await draft(ministry, [ALL]);
    expect((await ciso.post(`/policies/${simple}/publish`)).status).toBe(200);
    const systems = (await ciso.get('/systems?sort=code')).body.items as { id: string; code: string }[];
    expect(systems.map(({ code }) => code)).toEqual(['V-HIGH', 'V-LOW']);
    for (const { id } of systems) await prove(centreOf(app), id, { kind: 'ATTESTATION', ruleKey: 'locked-rooms' });
    const { body } = await ciso.post(`/policies/${await draft(ministry, [ALL, MEASURE])}/preview`);
    expect(body.effects.total).toMatchObject({ systems: 2, verdictsChanged: 1 });
    expect(body.effects.verdicts).toEqual([{ tier: 'HIGH', from: 'READY', to: 'UNKNOWN', systems: 1 }]);
    const high = { id: systems[0]?.id, code: 'V-HIGH', name: '対象 HIGH', nameEn: null, tier: 'HIGH' };
    expect(body.effects.changed).toEqual([{ ...high, from: 'READY', to: 'UNKNOWN' }]);
  });

  it('names the systems that its reader may see, also when there are more than 200 others', async () => {
    // The first by their ids, so that a list cut too early would hold nothing else.
    await app.database.query(
      `INSERT INTO system (id, organisation_id, code, name, tier, operating_since_on, tier_since_on)
       SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'BULK-' || n, '他機構', 'HIGH', '2026-01-01', '2026-01-01'
       FROM generate_series(1, 250) n`,
      [app.world.organisations.otherAgency],
    );
    await app.database.query(`UPDATE system_readiness SET verdict = 'READY' WHERE lifecycle = 'OPERATING'`);
    const id = await draft(ministry, [{ ...ALL, key: 'sealed-doors' }]);
    const whole = (await ciso.post(`/policies/${id}/preview`)).body.effects;
    expect([whole.total.verdictsChanged, whole.changed.length]).toEqual([252, 200]);
    await ciso.post(`/policies/${id}/publish`);
    const { effects } = (await (await app.as('manager')).get(`/policies/${id}/preview`)).body;
    expect(effects.total.verdictsChanged).toBe(252);
    expect(effects.changed.map(({ code }: { code: string }) => code)).toEqual(['V-HIGH', 'V-LOW']);
    await app.database.query(`SET session_replication_role = replica; DELETE FROM system WHERE code LIKE 'BULK-%'`);
  });

  it('of a later adoption counts the grace from that day, and so does the publication', async () => {
    const id = await draft(agency);
    const effectiveOn = '2027-01-01';
    const { body } = await ciso.post(`/policies/${id}/preview`, { effectiveOn });
    expect(body.effects.firstDue).toEqual([{ dueOn: '2027-01-31', tier: 'HIGH', obligations: 1 }]);
    const published = await ciso.post(`/policies/${id}/publish`, { effectiveOn });
    expect(published.body.effectiveOn).toBe(effectiveOn);
    const due = await app.database.query(`SELECT due_on::text AS due FROM obligation WHERE rule_key = 'guest-network'`);
    expect(due).toEqual([{ due: '2027-01-31' }]);
    const gone = await ciso.post(`/policies/${await draft(agency)}/publish`, { effectiveOn: '2026-11-22' });
    expect(gone).toMatchObject({ status: 422, body: { errors: [{ field: 'effectiveOn', code: 'IN_THE_PAST' }] } });
  });

  it('is of the draft as it was: an edit makes it outdated, and discarding the draft takes it along', async () => {
    const id = await draft(agency);
    await ciso.post(`/policies/${id}/preview`);
    await admin.patch(`/policies/${id}`, { reviewAfterChange: 'P7D' }, '"1"');
    expect((await ciso.get(`/policies/${id}/preview`)).body).toMatchObject({ status: 'DONE', current: false });
    expect((await admin.delete(`/policies/${id}`, '"2"')).status).toBe(204);
    expect(await app.database.query('SELECT * FROM policy_preview')).toEqual([]);
  });

  it('over many systems is done by the worker, and shows how far it has come', async () => {
    await app.database.query(
      `INSERT INTO system (id, organisation_id, code, name, tier, operating_since_on, tier_since_on)
       SELECT gen_random_uuid(), $1, 'BULK-' || n, '多数', 'LOW', '2026-01-01', '2026-01-01' FROM generate_series(1, 5001) n`,
      [app.world.organisations.otherAgency],
    );
    const id = await draft(app.world.organisations.otherAgency);
    const { status, body } = await ciso.post(`/policies/${id}/preview`);
    expect([status, body.status, body.systemsRead, body.systemsTotal]).toEqual([202, 'QUEUED', 0, 5001]);
    const jobs = await app.app.get(JobQueue).queue('upkeep').getJobs(['waiting']);
    expect(jobs.map(({ data }) => data)).toEqual([{ policyId: id }]);
    const held = app.dataSource.createQueryRunner();
    await held.query('SELECT pg_advisory_lock(5001)');
    await app.database.query(
      `CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(5001); RETURN NEW; END';
       CREATE TRIGGER hold BEFORE UPDATE ON policy_preview FOR EACH ROW WHEN (NEW.systems_read = 5001) EXECUTE FUNCTION hold()`,
    );
    const running = app.app.get(PolicyPreviewsService, { strict: false }).run(id);
    const seen = await eventually(
      async () => (await ciso.get(`/policies/${id}/preview`)).body,
      ({ systemsRead }) => systemsRead >= 4000,
    );
    expect(seen).toMatchObject({ status: 'RUNNING', systemsRead: 4000, systemsTotal: 5001, effects: null });
    await held.query('SELECT pg_advisory_unlock(5001)');
    await held.release();
    await running;
    await app.database.query('DROP TRIGGER hold ON policy_preview; DROP FUNCTION hold');
    expect((await ciso.get(`/policies/${id}/preview`)).body).toMatchObject({ status: 'DONE', systemsRead: 5001 });
    await app.database.query(`SET session_replication_role = replica; DELETE FROM system WHERE code LIKE 'BULK-%'`);
  });

  it('names the policies below that would be too lax, cell by cell; once published their pages say so', async () => {
    const child = await draft(agency, DEFAULT_POLICY.rules);
    await ciso.post(`/policies/${child}/publish`);
    const stricter = DEFAULT_POLICY.rules.map((rule) =>
      rule.key === 'restore-test'
        ? { ...rule, tiers: { ...rule.tiers, HIGH: { gating: true, cadence: 'P1M' } } }
        : rule,
    );
    const id = await draft(ministry, stricter);
    const { body } = await ciso.post(`/policies/${id}/preview`);
    const said = ['復元試験 / 重要度 高 / 間隔: 3か月 は、上位組織の基準の 1か月 より緩くなっています。'];
    expect(body.effects.below).toEqual([{ policyId: child, organisation: expect.anything(), findings: said }]);
    expect((await ciso.get(`/policies/${child}`)).body.findings).toEqual([]);
    await ciso.post(`/policies/${id}/publish`);
    expect((await ciso.get(`/policies/${child}`)).body.findings).toEqual(said);
  });

  it('is for those who may write the draft; names of systems are for those who may see them', async () => {
    const id = await draft(ministry);
    expect(await (await app.as('auditor')).post(`/policies/${id}/preview`)).toMatchObject({ status: 403 });
    expect(await (await app.as('outsider')).post(`/policies/${id}/preview`)).toMatchObject({ status: 404 });
    expect(await (await app.as('owner')).get(`/policies/${id}/preview`)).toMatchObject({ status: 404 });
    const published = (await ciso.get('/policies?status=PUBLISHED')).body.items[0].id;
    expect(await ciso.post(`/policies/${published}/preview`)).toMatchObject({
      status: 409,
      body: { code: 'POLICY_NOT_DRAFT' },
    });
  });
});

describe('what differs between versions', () => {
  it('is told cell by cell, from the version before or from any earlier one', async () => {
    const first = await draft(agency, DEFAULT_POLICY.rules);
    await ciso.post(`/policies/${first}/publish`);
    const id = await draft(agency, [
      ...DEFAULT_POLICY.rules
        .filter(({ key }) => key !== 'vulnerability-assessment')
        .map((rule) =>
          rule.key === 'restore-test'
            ? { ...rule, clause: '6.2', tiers: { ...rule.tiers, HIGH: { gating: true, cadence: 'P1M' } } }
            : rule,
        ),
      MEASURE,
    ]);
    const { body } = await ciso.get(`/policies/${id}/changes`);
    expect(body.since).toMatchObject({ id: first, version: 1 });
    expect(body.rules).toEqual([
      {
        ...{ ruleKey: 'restore-test', ruleTitle: '復元試験', change: 'CHANGED' },
        cells: [
          { where: '根拠の条項', before: null, after: '6.2' },
          { where: '重要度 高 / 間隔', before: '3か月', after: '1か月' },
        ],
      },
      { ruleKey: 'guest-network', ruleTitle: '来訪者用回線の分離', change: 'ADDED', cells: [] },
      { ruleKey: 'vulnerability-assessment', ruleTitle: '脆弱性診断', change: 'REMOVED', cells: [] },
    ]);
    expect((await ciso.get(`/policies/${id}/changes?since=1`)).body).toEqual(body);
    expect((await ciso.get(`/policies/${id}/changes?since=9`)).status).toBe(404);
    const above = (await ciso.get(`/policies/${first}/changes`)).body;
    expect(above).toMatchObject({ since: { organisation: { code: 'MIN' } } });
  });
});
