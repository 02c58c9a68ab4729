import { DataSource } from 'typeorm';
import { RawUpkeepHandler } from '../../src/evidence/inlet/schedule/raw-upkeep';
import { Config } from '../../src/platform/config/config';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { connect, resticRun } from '../support/builders/inlets';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { InletSender } from '../support/inlet-sender';
import { emailOf, PASSWORD } from '../support/world';

const NOW = '2026-11-23T00:00:00Z';
const NIGHT = '2026-11-22T17:30:00Z';
const DAY_MS = 24 * 3_600_000;

let app: TestApp;
let owner: Client;
let sender: InletSender;

beforeAll(async () => {
  app = await startTestApp('evidence details', { now: NOW });
  owner = await app.as('owner');
  sender = new InletSender(app);
});
afterAll(() => app.stop());
beforeEach(() => app.clock.set(NOW));

const details = async (id: string, by: Client = owner): Promise<Answer['body']> =>
  (await by.get(`/evidence/${id}`)).body;
/** After so long that every session has ended. */
async function signedInAnew(): Promise<Client> {
  const browser = app.browser();
  await browser.post('/auth/login', { email: emailOf('owner'), password: PASSWORD });
  return browser;
}
const freshnessOf = async (systemId: string): Promise<Answer['body']> =>
  (await owner.get(`/systems/${systemId}/obligations?limit=200`)).body.items.find(
    ({ ruleKey }: { ruleKey: string }) => ruleKey === 'recovery-point-fresh',
  );
const turnedOf = ({ turned }: Answer['body']): string[] =>
  turned
    .map(({ ruleKey, fromState, toState }: Record<string, string>) => `${ruleKey}: ${fromState} > ${toState}`)
    .sort();

describe('the details of a proof', () => {
  it('that a tool told lead to the message, and say whether its bytes are still kept', async () => {
    const { path, systemId } = await connect(app);
    await sender.send(path, resticRun('aaaa1111', NIGHT));
    const [{ id }] = await sender.evidenceOf(systemId);
    const known = await details(id);
    expect(known).toMatchObject({
      ...{ dataset: 'DB', source: 'INLET', restoreTestId: null, supersedes: [], supersededBy: null },
      submission: {
        id: known.submissionId,
        receivedAt: '2026-11-23T00:00:00.000Z',
        mediaType: 'application/json',
        length: JSON.stringify(resticRun('aaaa1111', NIGHT)).length,
        rawSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        flags: [],
        kept: true,
      },
    });
    expect((await owner.get(`/submissions/${known.submission.id}`)).body.text).toContain('aaaa1111');

    app.clock.set(new Date(Date.parse(NOW) + 4_000 * DAY_MS).toISOString());
    const config = app.app.get(Config, { strict: false });
    await new RawUpkeepHandler(app.app.get(DataSource), app.clock, config).handle();
    const later = await signedInAnew();
    expect((await details(id, later)).submission).toMatchObject({ kept: false, rawSha256: known.submission.rawSha256 });
    expect((await later.get(`/submissions/${known.submission.id}`)).body.text).toBeNull();
  });

  it('say what it turned when it was counted, and not what time did afterwards', async () => {
    const { path, systemId } = await connect(app);
    await sender.send(path, resticRun('bbbb1111', NIGHT));
    const [{ id }] = await sender.evidenceOf(systemId);
    await sender.judged();
    const first = turnedOf(await details(id));
    expect(first.length).toBeGreaterThan(0);
    expect(first.every((each) => each.endsWith('> MET'))).toBe(true);

    app.clock.set(new Date(Date.parse(NOW) + 90 * DAY_MS).toISOString());
    await app.app.get(ObligationTick, { strict: false }).run();
    const later = await signedInAnew();
    const after = (await later.get(`/systems/${systemId}/obligations?limit=200`)).body.items;
    expect(
      after
        .filter(({ evidenceId }: { evidenceId: string }) => evidenceId === id)
        .map(({ state }: { state: string }) => state),
    ).toContain('OVERDUE');
    expect(turnedOf(await details(id, later))).toEqual(first);
  });

  it('say nothing of what time did to what rests on it, however soon after', async () => {
    const { path, systemId } = await connect(app);
    await sender.send(path, resticRun('cccc1111', NIGHT));
    await sender.judged();
    const fresh = () => freshnessOf(systemId);
    const at = (days: number, ms: number): string => new Date(Date.parse(NIGHT) + days * DAY_MS + ms).toISOString();
    app.clock.set(at(1, 5_000));
    owner = await signedInAnew();
    await sender.send(path, resticRun('cccc2222', at(0, 20_000)));
    await sender.judged();
    const before = await fresh();
    const { body: counted } = await owner.get(`/evidence/${before.evidenceId}`);
    expect(counted).toMatchObject({ runId: 'restic:cccc2222', turned: [] });

    app.clock.set(at(1, 40_000));
    await app.app.get(ObligationTick, { strict: false }).run();
    const after = await fresh();
    expect(after).toMatchObject({ evidenceId: before.evidenceId });
    expect([before.state, after.state]).toEqual(['MET', 'OVERDUE']);
    expect(turnedOf(await details(before.evidenceId))).toEqual([]);
  });

  it('say nothing of a change that the correction of a later one made', async () => {
    const { systemId, requirementId: backupRequirementId } = await connect(app);
    const proof = { kind: 'BACKUP', outcome: 'PASSED', strength: 'COMPLETED', backupRequirementId };
    const hoursAgo = (hours: number) => {
      const at = new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
      return { performedAt: at, recoveryPointAt: at };
    };
    const old = await owner.post(`/systems/${systemId}/evidence`, { ...proof, ...hoursAgo(72) });
    app.clock.set(new Date(Date.parse(NOW) + 60_000).toISOString());
    const wrong = await owner.post(`/systems/${systemId}/evidence`, { ...proof, ...hoursAgo(1) });
    expect((await freshnessOf(systemId)).state).toBe('MET');
    const reason = '日付の誤り';
    await owner.post(`/evidence/${wrong.body.id}/supersede`, { ...proof, ...hoursAgo(100), reason });
    expect(await freshnessOf(systemId)).toMatchObject({ state: 'OVERDUE', evidenceId: old.body.id });
    expect(turnedOf(await details(old.body.id))).toEqual(['recovery-point-fresh: UNKNOWN > OVERDUE']);
    expect(turnedOf(await details(wrong.body.id))).toEqual(['recovery-point-fresh: OVERDUE > MET']);
  });

  it('name what it corrects, and what corrects it; a list may be of one requirement', async () => {
    const { systemId, requirementId } = await connect(app);
    const proof = { kind: 'VERIFICATION', outcome: 'FAILED', strength: 'DATA_CHECKED', performedAt: NIGHT };
    const wrong = await owner.post(`/systems/${systemId}/evidence`, { ...proof, backupRequirementId: requirementId });
    const right = await owner.post(`/evidence/${wrong.body.id}/supersede`, {
      ...{ ...proof, outcome: 'PASSED', backupRequirementId: requirementId, reason: '読み違え' },
    });
    expect((await details(wrong.body.id)).supersededBy).toMatchObject({ id: right.body.id, outcome: 'PASSED' });
    expect((await details(right.body.id)).supersedes).toEqual([
      {
        ...{ id: wrong.body.id, kind: 'VERIFICATION', outcome: 'FAILED' },
        ...{ performedAt: '2026-11-22T17:30:00.000Z', recordedAt: '2026-11-23T00:00:00.000Z' },
      },
    ]);
    await owner.post(`/systems/${systemId}/restore-tests`, {
      ...{ restored: 'DB', fromCopy: '大阪', startedAt: NIGHT, finishedAt: '2026-11-22T18:00:00Z' },
    });
    const ofAll: Answer['body'][] = (await owner.get(`/systems/${systemId}/evidence`)).body.items;
    const listed = (await owner.get(`/systems/${systemId}/evidence?backupRequirementId=${requirementId}`)).body.items;
    expect(ofAll.map(({ kind }) => kind)).toContain('RESTORE_TEST');
    expect(listed).toEqual(ofAll.filter(({ backupRequirementId }) => backupRequirementId === requirementId));
    expect(listed.map(({ id }: { id: string }) => id)).toContain(right.body.id);
  });

  it('are kept from who may not see the system, with what was sent', async () => {
    const { path, systemId } = await connect(app);
    await sender.send(path, resticRun('cccc1111', NIGHT));
    const [{ id, submissionId }] = await sender.evidenceOf(systemId);
    const outsider = await app.as('outsider');
    expect((await outsider.get(`/evidence/${id}`)).status).toBe(404);
    expect((await outsider.get(`/submissions/${submissionId}`)).status).toBe(404);
  });
});
