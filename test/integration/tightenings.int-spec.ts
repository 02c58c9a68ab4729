import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import type { Rule, TierTerms } from '../../src/core/policy/rule';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { PastVerdicts } from '../../src/obligations/past/past-verdicts';
import { startTestApp, type TestApp } from '../support/app';
import { changeTier, registerSystem } from '../support/builders/systems';
import { prove } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';
import { emailOf, type OrganisationName, PASSWORD, type PersonName } from '../support/world';

const PROVEN_AT = '2026-03-01T03:00:00Z';
const TIGHTENED_AT = '2026-10-01T00:00:00Z';

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp('tightenings', { now: PROVEN_AT });
  // A version that says since when everything is owed.
  await publish(await draft('ministry', DEFAULT_POLICY.rules));
});
afterEach(() => app.stop());

/** A LOW system with a passed restore test and two copies, which is what its tier asks. */
async function proven(): Promise<string> {
  const { id } = await registerSystem(app, { tier: 'LOW', rto: 'PT12H', rpo: 'P1D', ownerId: app.world.people.owner });
  const copy = { site: '東京', medium: 'ディスク', encrypted: true };
  const requirement = await (
    await app.as('owner')
  ).post(`/systems/${id}/backup-requirements`, {
    ...{ dataset: '業務データベース', method: '日次フル', interval: 'P1D', retention: 'P35D', rpo: 'P1D' },
    copies: [copy, { ...copy, site: '大阪', offsite: true }],
  });
  await (await app.as('manager')).post(`/backup-requirements/${requirement.body.id}/approve`, {});
  expect(await restore(id)).toMatchObject({ status: 201, body: { outcome: 'PASSED' } });
  return id;
}

async function restore(systemId: string): Promise<Answer> {
  const at = app.clock.now().getTime();
  return (await app.as('operator')).post(`/systems/${systemId}/restore-tests`, {
    ...{ restored: '申請データベース', fromCopy: '遠隔地', checks: [{ title: '件数', expected: '1', observed: '1' }] },
    startedAt: new Date(at - 3_600_000).toISOString(),
    finishedAt: new Date(at - 1_800_000).toISOString(),
    recoveryPointAt: new Date(at - 7_200_000).toISOString(),
  });
}

/** Time passes and nobody calls: only the clock of the obligations runs. */
async function passTo(instant: string): Promise<void> {
  app.clock.set(instant);
  await app.app.get(ObligationTick, { strict: false }).run();
  // Their sessions have ended long since.
  app = { ...app, as: signIn };
}

async function signIn(person: PersonName): Promise<Client> {
  const browser = app.browser();
  expect((await browser.post('/auth/login', { email: emailOf(person), password: PASSWORD })).status).toBe(200);
  return browser;
}

async function draft(at: OrganisationName, rules: readonly Rule[]): Promise<string> {
  const organisationId = app.world.organisations[at];
  const { status, body } = await (await app.as('admin')).post('/policies', { organisationId, rules });
  expect([status, body.errors]).toEqual([201, undefined]);
  return body.id;
}

async function publish(id: string, effectiveOn?: string): Promise<void> {
  const { status, body } = await (await app.as('ciso')).post(`/policies/${id}/publish`, { effectiveOn });
  expect([status, body.errors]).toEqual([200, undefined]);
}

async function obligation(systemId: string, ruleKey: string): Promise<Answer['body']> {
  const { body } = await (await app.as('manager')).get(`/obligations?systemId=${systemId}&ruleKey=${ruleKey}`);
  expect(body.items).toHaveLength(1);
  return body.items[0];
}

/** State and due day of the restore test and of the copies. */
async function standing(systemId: string): Promise<string[]> {
  const rows = [await obligation(systemId, 'restore-test'), await obligation(systemId, 'backup-copies')];
  return rows.map(({ state, dueOn }) => `${state} ${dueOn}`);
}

const occasions = async (systemId: string): Promise<unknown[]> =>
  (
    await app.database.query<{ occasion: { dueOn: string } }>(
      `SELECT occasion FROM obligation WHERE system_id = $1 AND rule_key IN ('restore-test', 'backup-copies') ORDER BY rule_key DESC`,
      [systemId],
    )
  ).map(({ occasion }) => occasion?.dueOn);

describe('a system that is raised', () => {
  it('keeps what its proofs and copies were good for until the end of its grace, and says why and until when', async () => {
    const id = await proven();
    await passTo(TIGHTENED_AT);
    expect(await standing(id)).toEqual(['MET 2027-03-01', 'MET null']);
    await changeTier(app, id, 'MODERATE');
    expect(await standing(id)).toEqual(['DUE_SOON 2026-11-30', 'DUE_SOON 2026-11-30']);
    expect((await obligation(id, 'restore-test')).reason).toMatchObject({
      code: 'IN_GRACE',
      text: '2026年10月1日（木）の重要度の引上げにより、2026年3月1日（日）の証跡では足りなくなります。猶予により2026年11月30日（月）まで有効です。',
    });
    expect((await obligation(id, 'backup-copies')).reason).toMatchObject({
      code: 'COPIES_SHORT_FROM',
      text: '2026年10月1日（木）の重要度の引上げにより写しの数が不足します（必要 3、現状 2）。猶予は2026年11月30日（月）までです。',
    });
    expect(await obligation(id, 'backup-offline-copy')).toMatchObject({ state: 'DUE_SOON', dueOn: '2026-11-30' });
    expect((await (await app.as('manager')).get(`/systems/${id}/readiness`)).body.verdict).toBe('UNKNOWN');
  });

  it('turns by the clock alone at the end of the grace, is overdue since then, and is met by a proof', async () => {
    const id = await proven();
    await passTo(TIGHTENED_AT);
    await changeTier(app, id, 'MODERATE');
    await passTo('2026-11-30T14:59:59.999Z');
    expect(await standing(id)).toEqual(['DUE_SOON 2026-11-30', 'DUE_SOON 2026-11-30']);
    expect(await occasions(id)).toEqual(['2026-11-30', '2026-11-30']);
    await passTo('2026-11-30T15:00:00Z');
    expect(await standing(id)).toEqual(['OVERDUE 2026-11-30', 'FAILED null']);
    expect(await occasions(id)).toEqual(['2026-11-30', '2026-12-01']);
    expect((await (await app.as('manager')).get(`/systems/${id}/readiness`)).body.verdict).toBe('NOT_READY');
    await passTo('2026-12-01T03:00:00Z');
    expect((await restore(id)).status).toBe(201);
    expect((await standing(id))[0]).toBe('MET 2027-06-01');
  });

  it('is told of by the forecast, and by the days that have passed, as it was', async () => {
    const id = await proven();
    await passTo(TIGHTENED_AT);
    await changeTier(app, id, 'MODERATE');
    await passTo('2026-11-20T00:00:00Z');
    const [requirement] = await app.database.query<{ id: string }>('SELECT id FROM backup_requirement');
    const reviewed = { subject: 'BACKUP_REQUIREMENT', backupRequirementId: requirement?.id } as const;
    await prove(centreOf(app), id, { kind: 'REVIEW', ...reviewed });
    await prove(centreOf(app), id, { kind: 'VERIFICATION', backupRequirementId: requirement?.id });
    const { tiers } = (await (await app.as('ciso')).get('/readiness/forecast')).body;
    const { events } = tiers.find(({ tier }: Answer['body']) => tier === 'MODERATE');
    expect(events).toEqual(
      expect.arrayContaining(
        ['restore-test', 'backup-copies', 'backup-offline-copy'].map((ruleKey) =>
          expect.objectContaining({ ruleKey, on: '2026-12-01', systems: 1 }),
        ),
      ),
    );
    await passTo('2026-12-10T00:00:00Z');
    const past = app.app.get(PastVerdicts, { strict: false });
    expect(await past.isDerivable(app.dataSource.manager, '2026-11-20')).toBe(true);
    const red = async (on: string) => {
      const counts = await past.countsAt(app.dataSource.manager, on);
      const { verdict, failed } = counts.find(({ tier }) => tier === 'MODERATE') ?? {};
      return [verdict, failed];
    };
    expect(await red('2026-11-20')).toEqual(['UNKNOWN', 0]);
    expect(await red('2026-11-30')).toEqual(['UNKNOWN', 0]);
    expect(await red('2026-12-01')).toEqual(['NOT_READY', 2]);
  });

  it('and lowered again keeps the grace of what is still above its first tier, and no other', async () => {
    const id = await proven();
    await passTo(TIGHTENED_AT);
    const raises = async () =>
      (await app.database.query('SELECT tier, raises FROM system WHERE id = $1', [id]))[0] as object;
    await changeTier(app, id, 'HIGH');
    await passTo('2026-10-05T00:00:00Z');
    await changeTier(app, id, 'MODERATE');
    expect(await raises()).toEqual({ tier: 'MODERATE', raises: [{ on: '2026-10-01', from: 'LOW' }] });
    expect(await standing(id)).toEqual(['DUE_SOON 2026-11-30', 'DUE_SOON 2026-11-30']);
    await changeTier(app, id, 'LOW');
    expect(await raises()).toEqual({ tier: 'LOW', raises: [] });
    expect(await standing(id)).toEqual(['MET 2027-03-01', 'MET null']);
  });
});

describe('a policy that asks more', () => {
  const withLow = (key: string, terms: Partial<TierTerms>, rules: readonly Rule[]): Rule[] =>
    rules.map((rule) =>
      rule.key === key
        ? { ...rule, tiers: { ...rule.tiers, LOW: { ...rule.tiers.LOW, ...terms } as TierTerms } }
        : rule,
    );
  const STRICTER = withLow(
    'restore-test',
    { cadence: 'P6M' },
    withLow('backup-copies', { copies: { copies: 3, offsite: 1 } }, DEFAULT_POLICY.rules),
  );

  it('turns nothing overdue before its day of adoption and its grace, as its dry run says', async () => {
    const id = await proven();
    await passTo(TIGHTENED_AT);
    const policyId = await draft('ministry', STRICTER);
    const asked = await (await app.as('admin')).post(`/policies/${policyId}/preview`, { effectiveOn: '2026-11-01' });
    expect(asked.body.effects.total).toMatchObject({ verdictsChanged: 0, moved: 2, reddened: 0 });
    await publish(policyId, '2026-11-01');
    expect(await standing(id)).toEqual(['MET 2027-01-30', 'MET 2027-01-30']);
    await passTo('2026-10-31T15:00:00Z');
    expect(await standing(id)).toEqual(['DUE_SOON 2027-01-30', 'DUE_SOON 2027-01-30']);
    expect((await obligation(id, 'backup-copies')).reason.text).toBe(
      '2026年11月1日（日）の対策基準の改定により写しの数が不足します（必要 3、現状 2）。猶予は2027年1月30日（土）までです。',
    );
    await passTo('2027-01-30T14:59:59.999Z');
    expect(await standing(id)).toEqual(['DUE_SOON 2027-01-30', 'DUE_SOON 2027-01-30']);
    await passTo('2027-01-30T15:00:00Z');
    expect(await standing(id)).toEqual(['OVERDUE 2027-01-30', 'FAILED null']);
  });

  it('excuses nothing that was overdue by the version before', async () => {
    const id = await proven();
    await passTo('2027-03-02T00:00:00Z');
    expect((await standing(id))[0]).toBe('OVERDUE 2027-03-01');
    await publish(await draft('ministry', STRICTER));
    expect((await standing(id))[0]).toBe('OVERDUE 2027-03-01');
  });

  it('hands its grace on to the versions after it, also to the first one of an organisation below', async () => {
    const id = await proven();
    await passTo(TIGHTENED_AT);
    await publish(await draft('ministry', STRICTER));
    const inGrace = ['DUE_SOON 2026-12-30', 'DUE_SOON 2026-12-30'];
    expect(await standing(id)).toEqual(inGrace);
    await passTo('2026-12-01T00:00:00Z');
    await publish(await draft('agency', STRICTER));
    expect(await standing(id)).toEqual(inGrace);
    await publish(await draft('agency', withLow('importance-review', { cadence: 'P12M' }, STRICTER)));
    expect(await standing(id)).toEqual(inGrace);
    await passTo('2026-12-31T00:00:00Z');
    expect(await standing(id)).toEqual(['OVERDUE 2026-12-30', 'FAILED null']);
    await publish(await draft('agency', STRICTER));
    expect(await standing(id)).toEqual(['OVERDUE 2026-12-30', 'FAILED null']);
  });
});
