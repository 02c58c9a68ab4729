import { startTestApp, type TestApp } from '../support/app';
import { issueToken } from '../support/api-tokens';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let operator: Client;

beforeAll(async () => {
  app = await startTestApp('restore tests');
  operator = await app.as('operator');
});
afterAll(() => app.stop());

const TEST = {
  ...{ restored: '申請データベース', fromCopy: '遠隔地 / テープ' },
  ...{ startedAt: '2026-11-22T05:00:00Z', finishedAt: '2026-11-22T06:30:30Z', recoveryPointAt: '2026-11-22T02:00:00Z' },
};
const COUNT = { title: '件数', expected: '120', observed: '120' };
const register = async (more: object = {}): Promise<string> =>
  (await registerSystem(app, { tier: 'MODERATE', rto: 'PT4H', rpo: 'P1D', ...more }, 'owner')).id;
const record = (systemId: string, more: object = {}, by: Client = operator): Promise<Answer> =>
  by.post(`/systems/${systemId}/restore-tests`, { ...TEST, ...more });
const errorsOf = ({ status, body }: Answer): unknown => [
  status,
  ...(body.errors ?? []).map(({ field, code }: { field: string; code: string }) => `${field} ${code}`),
];

describe('a restore test', () => {
  it('given by hand may name where more of it is on record, by http or https only', async () => {
    const id = await register();
    const link = 'https://kiroku.example/restore/7';
    const { body } = await record(id, { link, outcome: 'PARTIAL', note: '一部の表のみ' });
    expect(body).toMatchObject({ link, outcome: 'PARTIAL', note: '一部の表のみ' });
    expect((await operator.get(`/evidence/${body.evidenceId}`)).body).toMatchObject({ link, restoreTestId: body.id });
    for (const wrong of ['javascript:alert(1)', 'ftp://kiroku.example/7', 'kiroku', 'data:text/html,x'])
      expect(errorsOf(await record(id, { link: wrong }))).toEqual([400, 'link NOT_A_URL']);
  });

  it('is evidence at once, validated by its checks and measured against the RTO', async () => {
    const id = await register();
    const { status, body } = await record(id, { checks: [COUNT] });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ restored: '申請データベース', fromCopy: '遠隔地 / テープ', measuredMinutes: 91, rtoMinutes: 240 },
      ...{ outcome: 'PASSED', strength: 'VALIDATED', superseded: false, performer: { displayName: '保全 学' } },
      checks: [{ ...COUNT, passed: true }],
    });
    expect(body.affected.map(({ ruleKey, toState }: Answer['body']) => `${ruleKey} ${toState}`)).toContain(
      'restore-test MET',
    );
    const proof = (await operator.get(`/evidence/${body.evidenceId}`)).body;
    expect(proof).toMatchObject({ kind: 'RESTORE_TEST', measuredMinutes: 91, link: `/restore-tests/${body.id}` });
    expect((await operator.get(`/restore-tests/${body.id}`)).body.checks).toEqual(body.checks);
    expect((await operator.get(`/systems/${id}/achieved`)).body.rta).toMatchObject({ last: 91, withinTarget: true });
  });

  it('is a failure when a value differs, or when it took longer than the RTO', async () => {
    const id = await register({ rto: 'PT1H' });
    const slow = await record(id, { checks: [COUNT] });
    expect([slow.body.outcome, slow.body.strength]).toEqual(['FAILED', 'VALIDATED']);
    const other = await register();
    const differs = await record(other, { checks: [COUNT, { ...COUNT, observed: '119' }] });
    expect([differs.body.outcome, differs.body.strength]).toEqual(['FAILED', 'RESTORED']);
    expect(differs.body.checks.map(({ passed }: { passed: boolean }) => passed)).toEqual([true, false]);
  });

  it('comes from a program with a token once for each of its runs', async () => {
    const id = await register();
    const { secret } = await issueToken(await app.as('owner'), { scopes: ['systems:read', 'backup-evidence:write'] });
    const send = (): Promise<Answer> =>
      app.browser().ask('POST', `/systems/${id}/restore-tests`, {
        body: { ...TEST, tool: 'restore-runner', runId: 'r-1', checks: [{ ...COUNT, passed: true }] },
        headers: { authorization: `Bearer ${secret}` },
      });
    expect((await send()).status).toBe(201);
    expect(errorsOf(await send())).toEqual([409, 'runId DUPLICATE']);
    expect((await operator.get(`/systems/${id}/restore-tests`)).body.items).toHaveLength(1);
  });

  it('is refused for times that cannot be, and for what is not of the system', async () => {
    const id = await register();
    expect(errorsOf(await record(id, { finishedAt: '2026-11-22T04:00:00Z' }))).toEqual([
      422,
      'finishedAt BEFORE_START',
    ]);
    expect(errorsOf(await record(id, { finishedAt: '2026-11-23T00:00:01Z' }))).toEqual([
      422,
      'finishedAt IN_THE_FUTURE',
    ]);
    expect(errorsOf(await record(id, { recoveryPointAt: '2026-11-22T05:30:00Z' }))).toEqual([
      ...[422, 'recoveryPointAt AFTER_START'],
    ]);
    expect(errorsOf(await record(id, { runId: 'r-2' }))).toEqual([422, 'tool REQUIRED']);
    const elsewhere = await (
      await app.as('owner')
    ).post(`/systems/${await register()}/backup-requirements`, {
      ...{ dataset: '他', method: 'full', interval: 'P1D', retention: 'P30D', rpo: 'P1D' },
      copies: [{ site: '東京', medium: 'disk' }],
    });
    expect(errorsOf(await record(id, { backupRequirementId: elsewhere.body.id }))).toEqual([
      ...[422, 'backupRequirementId NOT_FOUND'],
    ]);
  });

  it('never changes, and is kept from who may not see the system', async () => {
    const id = await register();
    const { body } = await record(id);
    const edit = app.database.query(`UPDATE restore_test SET restored = 'x' WHERE id = $1`, [body.id]);
    await expect(edit).rejects.toThrow('never edited');
    expect((await (await app.as('outsider')).get(`/restore-tests/${body.id}`)).status).toBe(404);
    expect((await record(id, {}, await app.as('auditor'))).status).toBe(403);
  });
});
