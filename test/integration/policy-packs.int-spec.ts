import { parse, stringify } from 'yaml';
import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import { ApplyPack, UnknownOrganisation } from '../../src/registry/policies/packs/apply-pack';
import { planText } from '../../src/registry/policies/packs/plan-text';
import { ObligationLedger } from '../../src/obligations/obligation-ledger';
import { type TestApp, startTestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import { prove } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Client } from '../support/client';

let app: TestApp;
let ciso: Client;
let admin: Client;
let organisationId: string;

beforeAll(async () => {
  app = await startTestApp('policy packs');
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

type Pack = { rules: Record<string, unknown>[] } & Record<string, unknown>;
const packOf = (edit: (pack: Pack) => void = () => {}): string => {
  const pack = parse(stringify({ sonaePolicy: 1, ...DEFAULT_POLICY }, { aliasDuplicateObjects: false })) as Pack;
  edit(pack);
  return stringify(pack);
};
const take = (pack: string) => admin.post('/policies/packs', { organisationId, pack });
const errorsOf = async (pack: string): Promise<string[]> => {
  const { status, body } = await take(pack);
  expect(status).toBe(400);
  return body.errors.map(({ field, code }: Record<string, string>) => `${field} ${code}`);
};

describe('a policy as a pack', () => {
  it('goes out as YAML and comes back as the draft that it was', async () => {
    const { body } = await admin.post('/policies', { organisationId });
    const out = await ciso.get(`/policies/${body.id}/pack`);
    expect(out.headers.get('content-type')).toBe('text/yaml; charset=utf-8');
    expect(out.headers.get('content-disposition')).toBe('attachment; filename="policy-1.yaml"');
    await admin.delete(`/policies/${body.id}`, '"1"');
    const back = await take(String(out.body));
    expect(back.status).toBe(201);
    expect((await ciso.get(`/policies/${back.body.id}/rules`)).body).toEqual(
      JSON.parse(JSON.stringify(DEFAULT_POLICY)),
    );
  });

  it('with a key that is not known is refused with its path', async () => {
    const pack = packOf((all) => {
      all.colour = 'red';
      (all.rules[3] as Record<string, unknown>).frequency = 'P1M';
    });
    expect(await errorsOf(pack)).toEqual(['colour UNKNOWN_FIELD', 'rules[3].frequency UNKNOWN_FIELD']);
  });

  it.each([
    ['no YAML', 'a: [1', ['pack NOT_YAML']],
    ['a key twice', 'a: 1\na: 2', ['pack NOT_YAML']],
    ['a list', '- 1', ['pack NOT_AN_OBJECT']],
    ['a tag of its own', 'a: !!js/function x', ['pack NOT_YAML']],
    ['a thousand aliases of aliases', bomb(), ['pack TOO_MANY']],
  ])('that is %s is refused', async (_, pack, errors) => {
    expect(await errorsOf(pack)).toEqual(errors);
  });

  it('of another form, or longer than half a mebibyte, is refused', async () => {
    expect(await errorsOf(packOf((pack) => (pack.sonaePolicy = 2)))).toEqual(['sonaePolicy NOT_IN_LIST']);
    expect(await errorsOf('#'.repeat(512 * 1024 + 1))).toEqual(['pack TOO_LONG']);
  });

  it('that is too lax is refused as any draft is', async () => {
    const pack = packOf(({ rules }) => void rules.splice(13, 1));
    expect(await take(pack)).toMatchObject({ status: 422, body: { code: 'POLICY_REFUSED' } });
  });
});

describe('a pack from the command line', () => {
  const packs = () => app.app.get(ApplyPack, { strict: false });
  const stricter = packOf(({ rules }) => {
    const rule = rules.find(({ key }) => key === 'restore-test') as { tiers: Record<string, { cadence: string }> };
    (rule.tiers.HIGH as { cadence: string }).cadence = 'P1M';
  });

  it('is planned without writing, put in force once, and changes nothing the second time', async () => {
    const plan = await packs().plan('AGC-1', stricter);
    expect(planText(plan as never)).toContain('  ~ restore-test\n    HIGH.cadence: P3M -> P1M');
    expect((await ciso.get(`/policies?organisationId=${organisationId}`)).body.items).toEqual([]);
    expect(await packs().apply('AGC-1', stricter)).toBe(1);
    expect(await packs().apply('AGC-1', stricter)).toBeNull();
    expect(await packs().plan('AGC-1', stricter)).toBeNull();
    const { items } = (await ciso.get(`/policies?organisationId=${organisationId}`)).body;
    expect(items).toEqual([expect.objectContaining({ version: 1, status: 'PUBLISHED', publishedBy: null })]);
    const events = await app.database.query(
      `SELECT action, actor_id FROM audit_event WHERE organisation_id = $1 AND action LIKE 'policy.%' ORDER BY id DESC LIMIT 2`,
      [organisationId],
    );
    expect(events).toEqual([
      { action: 'policy.published', actor_id: null },
      { action: 'policy.drafted', actor_id: null },
    ]);
  });

  it('is planned and put in force from a day of adoption, and refused for a day that is none or has gone by', async () => {
    const plan = await packs().plan('AGC-1', stricter, '2027-01-15');
    expect(planText(plan as never)).toContain('(AGC-1), adopted on 2027-01-15\n');
    for (const [day, code] of [
      ['2026-11-22', 'IN_THE_PAST'],
      ['2027-02-30', 'NOT_A_DATE'],
      ['soon', 'NOT_A_DATE'],
    ] as const)
      for (const refused of [packs().plan('AGC-1', stricter, day), packs().apply('AGC-1', stricter, day)])
        await expect(refused).rejects.toMatchObject({
          status: 422,
          details: { errors: [{ field: 'effectiveOn', code }] },
        });
    expect(await packs().apply('AGC-1', stricter, '2027-01-15')).toBe(1);
    const [policy] = await app.database.query<{ eased: object }>(
      `SELECT effective_on::text AS on, eased FROM policy WHERE organisation_id = $1 AND status = 'PUBLISHED'`,
      [organisationId],
    );
    expect(policy).toMatchObject({
      on: '2027-01-15',
      eased: { 'restore-test:HIGH': [{ sinceOn: '2027-01-15', untilOn: '2027-02-14' }] },
    });
  });

  it('is planned with what changes in each organisation, and the names of the systems that change their verdict', async () => {
    const { id, code, name } = await registerSystem(app, { tier: 'LOW' });
    await prove(centreOf(app), id, { kind: 'ATTESTATION', ruleKey: 'administrator-mfa' });
    const one = { ...DEFAULT_POLICY, rules: DEFAULT_POLICY.rules.filter(({ key }) => key === 'administrator-mfa') };
    await app.database.query(
      `INSERT INTO policy (id, organisation_id, version, status, rules) SELECT gen_random_uuid(), $1, 1, 'PUBLISHED', $2`,
      [organisationId, one],
    );
    await app.app.get(ObligationLedger, { strict: false }).refreshAll(app.dataSource.manager);
    const text = planText((await packs().plan('AGC-1', packOf())) as never);
    expect(text).toContain('\nBy organisation:\n  AGC-1 ');
    expect(text).toMatch(/: 1 of 1 systems change their verdict, \+\d+ -0/);
    expect(text).toContain(`\nSystems that change their verdict:\n  ${code} ${name}: READY -> UNKNOWN`);
  });

  it('waits for a draft that somebody writes, and knows only organisations that there are', async () => {
    await admin.post('/policies', { organisationId });
    await expect(packs().apply('AGC-1', stricter)).rejects.toMatchObject({ code: 'POLICY_DRAFT_EXISTS' });
    await expect(packs().plan('NOWHERE', stricter)).rejects.toBeInstanceOf(UnknownOrganisation);
  });
});

/** Lists of lists of the same list. */
function bomb(): string {
  const lines = ['a0: &a0 [x, x]'];
  for (let n = 1; n < 12; n += 1)
    lines.push(
      `a${n}: &a${n} [${Array(10)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    );
  return lines.join('\n');
}
