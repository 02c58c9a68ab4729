import { TIERS } from '../../src/core/importance/tier';
import { startTestApp, type TestApp } from '../support/app';
import { declare, edit, prove, register, registerMany, type Writing } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let centre: Writing;
let [ciso, manager, outsider]: Client[] = [];
let ids: Record<'failed' | 'late' | 'moderate' | 'elsewhere' | 'planned' | 'retired', string>;

beforeAll(async () => {
  app = await startTestApp('readiness', { now: '2026-11-23T00:00:00Z' });
  centre = centreOf(app);
  [ciso, manager, outsider] = await Promise.all([app.as('ciso'), app.as('manager'), app.as('outsider')]);
  const { agency, otherAgency } = app.world.organisations;
  const [failed, late, moderate, elsewhere, planned, retired] = (await registerMany(centre, [
    { code: 'B-FAILED', name: '復元に失敗', organisationId: agency },
    { code: 'A-LATE', name: '期限切れ', organisationId: agency, ownerId: null },
    { code: 'C-MODERATE', name: '中くらい', organisationId: agency, tier: 'MODERATE' },
    { code: 'D-ELSEWHERE', name: '別の機構', organisationId: otherAgency, ownerId: app.world.people.deputy },
    { code: 'E-PLANNED', name: '計画中', organisationId: agency, lifecycle: 'PLANNED' },
    { code: 'F-RETIRED', name: '廃止', organisationId: agency },
  ])) as [string, string, string, string, string, string];
  ids = { failed, late, moderate, elsewhere, planned, retired };
  await prove(centre, failed, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  await prove(centre, moderate, { kind: 'APPROVAL', subject: 'PROCEDURE' });
  await edit(centre, retired, { lifecycle: 'RETIRED' });
});
afterAll(() => app.stop());

/** The figures of a tier counted by hand, out of the obligations themselves. */
const recount = async (tier: string, organisationIds: string[]): Promise<object> => {
  const [row] = await app.database.query<Record<string, number>>(
    `SELECT count(*)::int AS applicable, count(*) FILTER (WHERE state = 'MET')::int AS met,
       count(*) FILTER (WHERE state = 'DUE_SOON')::int AS "dueSoon", count(*) FILTER (WHERE state = 'OVERDUE')::int AS overdue,
       count(*) FILTER (WHERE state = 'FAILED')::int AS failed, count(*) FILTER (WHERE state = 'UNKNOWN')::int AS unknown,
       count(*) FILTER (WHERE state = 'WAIVED')::int AS waived FROM obligation
     WHERE state <> 'NOT_APPLICABLE' AND tier = $1 AND organisation_id = ANY($2::uuid[])`,
    [tier, organisationIds],
  );
  const verdicts = await app.database.query<{ verdict: string; n: number }>(
    `SELECT verdict, count(*)::int AS n FROM system_readiness WHERE tier = $1 AND organisation_id = ANY($2::uuid[])
       AND lifecycle = 'OPERATING' GROUP BY 1`,
    [tier, organisationIds],
  );
  const byVerdict = { READY: 0, READY_WITH_WAIVERS: 0, AT_RISK: 0, NOT_READY: 0, UNKNOWN: 0 };
  for (const { verdict, n } of verdicts) byVerdict[verdict as keyof typeof byVerdict] = n;
  const { applicable = 0, met = 0, dueSoon = 0 } = row ?? {};
  return {
    tier,
    total: verdicts.reduce((sum, { n }) => sum + n, 0),
    byVerdict,
    obligations: row,
    percentMet: applicable === 0 ? null : Math.floor((100 * (met + dueSoon)) / applicable),
  };
};

describe('readiness per tier', () => {
  const tiers = async (by: Client, query = ''): Promise<Answer['body']> =>
    (await by.get(`/readiness/tiers${query}`)).body;

  it('is what counting anew gives, for everything in scope and for one organisation', async () => {
    const { ministry, agency, otherAgency } = app.world.organisations;
    for (const tier of TIERS) {
      const index = TIERS.indexOf(tier);
      expect((await tiers(ciso as Client)).tiers[index]).toEqual(await recount(tier, [ministry, agency, otherAgency]));
      expect((await tiers(ciso as Client, `?organisationId=${agency}`)).tiers[index]).toEqual(
        await recount(tier, [agency]),
      );
      expect((await tiers(manager as Client)).tiers[index]).toEqual(await recount(tier, [agency]));
    }
    expect((await tiers(ciso as Client)).tiers[0]).toMatchObject({ total: 3, byVerdict: { NOT_READY: 1, UNKNOWN: 2 } });
    expect(await tiers(ciso as Client)).toMatchObject({
      planned: 1,
      retired: 1,
      organisation: null,
      asOf: '2026-11-23T00:00:00.000Z',
    });
    expect(await tiers(ciso as Client, `?organisationId=${otherAgency}`)).toMatchObject({
      ...{ planned: 0, retired: 0, organisation: { code: 'AGC-2', name: '第二機構' } },
    });
  });

  it('says nothing of a tier without systems, and nothing at all from outside', async () => {
    const {
      tiers: [, , low],
      headline,
    } = await tiers(ciso as Client);
    expect(low).toMatchObject({ total: 0, percentMet: null });
    expect(headline.code).toBe('HEADLINE_GAP');
    const seen = await tiers(outsider as Client);
    expect(seen.headline).toMatchObject({
      code: 'HEADLINE_EMPTY',
      text: '運用中の情報システムがまだ登録されていません。',
    });
    expect(seen.tiers.map(({ total }: { total: number }) => total)).toEqual([0, 0, 0]);
    expect(
      (await (outsider as Client).get(`/readiness/tiers?organisationId=${app.world.organisations.agency}`)).status,
    ).toBe(404);
    expect((await app.browser().get('/readiness/tiers')).status).toBe(401);
  });

  it('begins with the nearest gap of the most important tier, in the words of the reader', async () => {
    const { headline } = await tiers(ciso as Client);
    expect(headline.params).toMatchObject({
      tier: 'HIGH',
      ready: 0,
      total: 3,
      systemName: '復元に失敗',
      ruleKey: 'restore-test',
    });
    expect(headline.text).toBe(
      '重要度高の3システム中0システムが準備完了です。最も急ぐのは復元に失敗の「復元試験」（担当 運用 さくら、期限 2026年12月23日（水））です。',
    );
    const speak = (locale: string): Promise<unknown> =>
      app.database.query('UPDATE app_user SET locale = $2 WHERE id = $1', [app.world.people.ciso, locale]);
    await speak('en');
    const { text } = (await tiers(ciso as Client)).headline;
    await speak('ja');
    expect(text).toBe(
      '0 of 3 systems of tier High are ready. The nearest gap is “Restore tested” of 復元に失敗 (owner 運用 さくら, due Wed, 23 Dec 2026).',
    );
  });

  it('follows what happens in the same moment', async () => {
    const id = await register(centre, { tier: 'LOW', ownerId: null });
    const before = await tiers(ciso as Client);
    expect(before.tiers[2]).toEqual(await recount('LOW', [app.world.organisations.agency]));
    await prove(centre, id, { kind: 'RESTORE_TEST' });
    expect((await tiers(ciso as Client)).tiers[2].obligations.met).toBe(1);
    await edit(centre, id, { lifecycle: 'RETIRED' });
    expect((await tiers(ciso as Client)).tiers[2]).toMatchObject({ total: 0, obligations: { applicable: 0, met: 0 } });
  });
});

describe('why one system stands where it does', () => {
  const why = async (id: string, by = ciso as Client): Promise<Answer> => by.get(`/systems/${id}/readiness`);

  it('is told by what is open, the worst first, and the one action that gains most', async () => {
    const { body } = await why(ids.failed);
    expect(body).toMatchObject({
      systemId: ids.failed,
      verdict: 'NOT_READY',
      policy: { version: 1, organisationName: '見本省' },
    });
    expect(body.sentence).toMatchObject({ code: 'VERDICT_NOT_READY', params: { ruleKey: 'restore-test' } });
    expect(body.sentence.text).toContain('「復元試験」が満たされていません。');
    expect(body.reasons[0]).toMatchObject({
      ...{ ruleKey: 'restore-test', ruleTitle: '復元試験', state: 'FAILED', gating: true, dueOn: '2026-12-23' },
      since: '2026-11-23T00:00:00.000Z',
      who: { displayName: '運用 さくら' },
      reason: { code: 'LAST_PROOF_FAILED', text: '2026年11月23日（月）の直近の結果が失敗でした。' },
      action: { kind: 'SEND_EVIDENCE', evidenceKind: 'RESTORE_TEST' },
    });
    expect(body.nextAction).toEqual(body.reasons[0]);
    expect(body.reasons).toHaveLength(body.counts.applicable - body.counts.met);
    const gating = (body.reasons as { gating: boolean }[]).map((reason) => reason.gating);
    expect(gating).toEqual([...gating].sort((a, b) => Number(b) - Number(a)));
  });

  it('one action may clear several: the approval of a procedure before what clears one duty alone', async () => {
    const { body } = await why(ids.late);
    expect(body.verdict).toBe('UNKNOWN');
    expect(body.nextAction).toMatchObject({ action: { kind: 'DECLARE_BACKUP' }, who: null });
  });

  it('is said of a planned and of a retired system too', async () => {
    expect((await why(ids.planned)).body).toMatchObject({
      ...{ verdict: null, percentMet: null, reasons: [], nextAction: null, sentence: { code: 'VERDICT_PLANNED' } },
    });
    expect((await why(ids.retired)).body).toMatchObject({
      verdict: null,
      sentence: { text: '廃止されたシステムです。' },
    });
  });

  it('is not for those who may not see the system', async () => {
    expect((await why(ids.failed, outsider)).status).toBe(404);
    expect((await why(ids.elsewhere, manager)).status).toBe(404);
  });
});

describe('what falls due next', () => {
  it('is what is not yet overdue nor failed, the nearest day first, as many as asked for', async () => {
    await declare(centre, ids.moderate);
    const { body } = await (ciso as Client).get('/readiness/due?limit=50');
    const items = body.items as { state: string; dueOn: string; ruleKey: string; system: { code: string } }[];
    expect(items).toHaveLength(50);
    const days = items.map(({ dueOn }) => dueOn);
    expect(days).toEqual([...days].sort());
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['UNKNOWN']));
    expect(items[0]).toMatchObject({ ruleKey: 'backup-verification', dueOn: '2026-11-30' });
    const few = await (manager as Client).get('/readiness/due?limit=3');
    expect(few.body.items).toHaveLength(3);
    expect((await (ciso as Client).get('/readiness/due?limit=51')).status).toBe(400);
    const { body: elsewhere } = await (ciso as Client).get(
      `/readiness/due?limit=50&organisationId=${app.world.organisations.otherAgency}`,
    );
    const codes = (elsewhere.items as typeof items).map(({ system }) => system.code);
    expect(new Set(codes)).toEqual(new Set(['D-ELSEWHERE']));
  });
});
