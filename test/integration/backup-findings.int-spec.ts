import { type TestApp, startTestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;

beforeAll(async () => {
  app = await startTestApp('backup findings');
  owner = await app.as('owner');
});
afterAll(() => app.stop());

const newSystem = async (more: object = {}): Promise<string> => (await registerSystem(app, more, 'owner')).id;
const copy = (more: object = {}) => ({ site: '東京', medium: 'ディスク', ...more });
const REQUIREMENT = {
  ...{ dataset: '業務データベース', method: 'FULL', interval: 'P1D', retention: 'P35D', rpo: 'P1D' },
  copies: [copy(), copy({ site: '大阪', offsite: true }), copy({ offline: true })],
};
const finding = (code: string, field: string, ruleKey: string | null, params: object, gating = false): object => ({
  ...{ code, field, ruleKey, params, gating },
  text: expect.any(String),
});
const declare = (systemId: string, more: object = {}): Promise<Answer> =>
  owner.post(`/systems/${systemId}/backup-requirements`, { ...REQUIREMENT, ...more });

describe('a backup requirement', () => {
  it('is told what its tier asks more, in the words of the reader, and is told anew when the tier changes', async () => {
    const systemId = await newSystem({ tier: 'HIGH' });
    const copies = [copy({ encrypted: true }), copy({ medium: '磁気テープ', offline: true, encrypted: true })];
    const own = { copies, generations: 40, verificationCadence: 'P14D', restoreTestCadence: 'P1M' };
    const { status, body } = await declare(systemId, own);
    expect(status).toBe(201);
    expect(body).toMatchObject(own);
    const found = [
      finding('RETENTION_TOO_SHORT', 'retention', null, {
        ...{ retentionPeriod: 'P35D', neededPeriod: 'P40D', generations: 40, minutes: 1440 },
      }),
      finding('TARGET_TOO_LARGE', 'rpo', 'rpo-maximum', { target: 'RPO', minutes: 1440, maxMinutes: 60 }),
      finding('COPIES_SHORT', 'copies', 'backup-copies', { aspect: 'copies', needed: 3, actual: 2 }, true),
      finding('COPIES_SHORT', 'copies', 'backup-copies', { aspect: 'offsite', needed: 1, actual: 0 }, true),
      finding('VERIFICATION_TOO_SELDOM', 'verificationCadence', 'backup-verification', {
        ...{ cadencePeriod: 'P14D', longestPeriod: 'P7D' },
      }),
    ];
    expect(body.findings).toEqual(found);
    expect(body.findings[0].text).toBe('保存期間の35日では40世代を保てません。1日ごとの取得では40日以上が必要です。');
    const checked = await owner.post(`/systems/${systemId}/backup-requirements/check`, {
      ...{ interval: 'P1D', rpo: 'P1D', retention: 'P35D', generations: 40, verificationCadence: 'P14D' },
      copies: copies.map(({ site: _site, ...flags }) => flags),
    });
    expect(checked).toMatchObject({ status: 200, body: { findings: found } });
    const { body: change } = await owner.post(`/systems/${systemId}/tier-changes`, { tier: 'LOW', reason: '縮小' });
    await (await app.as('ciso')).post(`/tier-changes/${change.id}/approve`, {});
    const after = (await owner.get(`/backup-requirements/${body.id}`)).body;
    expect(after.findings.map(({ field, params }: Answer['body']) => [field, params.aspect ?? null])).toEqual([
      ['retention', null],
      ['copies', 'offsite'],
    ]);
  });

  it('says before it is saved what it lacks so far, and nothing of what has not been said', async () => {
    const path = `/systems/${await newSystem()}/backup-requirements/check`;
    const lacks = (await owner.post(path, { copies: [] })).body.findings;
    expect(lacks.map(({ params }: Answer['body']) => params.aspect)).toEqual([
      'copies',
      'offsite',
      'offlineOrImmutable',
    ]);
    expect(await (await app.as('auditor')).post(path, { copies: [] })).toMatchObject({ status: 403 });
    expect(await (await app.as('outsider')).post(path, { copies: [] })).toMatchObject({ status: 404 });
    expect(await owner.post(path, { copies: [], rpo: 'P1M' })).toMatchObject({ status: 400 });
  });

  it('tightens how often backups are verified and restores tested, and never loosens it', async () => {
    const systemId = await newSystem();
    const cadences = { verificationCadence: 'P7D', restoreTestCadence: 'P9M' };
    await declare(systemId, cadences);
    app.clock.advance({ hours: 1 });
    for (const [kind, strength] of [
      ['VERIFICATION', 'DATA_CHECKED'],
      ['RESTORE_TEST', 'RESTORED'],
    ]) {
      const [requirement] = (await owner.get(`/systems/${systemId}/backup-requirements`)).body.items;
      const proof = { kind, strength, outcome: 'PASSED', performedAt: '2026-11-23T00:30:00Z' };
      const of = kind === 'VERIFICATION' ? { backupRequirementId: requirement.id } : {};
      expect(await owner.post(`/systems/${systemId}/evidence`, { ...proof, ...of })).toMatchObject({ status: 201 });
    }
    app.clock.advance({ hours: -1 });
    const due = await app.database.query(
      `SELECT rule_key AS rule, due_on::text AS due FROM obligation
       WHERE system_id = $1 AND kind IN ('VERIFICATION','RESTORE_TEST') ORDER BY rule_key`,
      [systemId],
    );
    expect(due).toEqual([
      { rule: 'backup-verification', due: '2026-11-30' },
      { rule: 'restore-test', due: '2027-05-23' },
    ]);
  });
});
