import { InletNotices } from '../../src/evidence/inlet/schedule/inlet-notices';
import { InletSweep } from '../../src/evidence/inlet/schedule/inlet-sweep';
import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../../src/views/outbox/mail-delivery';
import { startTestApp, type TestApp } from '../support/app';
import { connect, resticRun } from '../support/builders/inlets';
import { RESTIC_SNAPSHOT } from '../support/inlet-outputs';
import { InletSender } from '../support/inlet-sender';
import type { PersonName } from '../support/world';

let app: TestApp;
let sender: InletSender;

beforeEach(async () => {
  app = await startTestApp('inlets-notices', {
    now: '2026-11-23T00:00:00Z',
    settings: {
      DIGEST_AT: '00:00',
      PUBLIC_URL: 'https://sonae.example',
      SESSION_HOURS: '720',
      SESSION_IDLE_HOURS: '168',
    },
  });
  sender = new InletSender(app);
});
afterEach(() => app.stop());

const nightly = { name: '夜間 DB', tool: 'restic', scheduleKind: 'CRON', schedule: '30 2 * * *', grace: 'PT1H' };
const find = <T>(type: new (...args: never[]) => T): T => app.app.get(type as never, { strict: false });

/** Moves the clock and does what the worker does every few seconds. */
async function at(time: string): Promise<void> {
  app.clock.set(time);
  await find(InletSweep).run();
  await find(InletNotices).run();
}
async function mailed(): Promise<void> {
  await find(DigestFormer).run();
  for (const id of await find(MailDelivery).due(100)) await find(MailDelivery).deliver(id);
}
const noticed = (): Promise<{ person: string; kind: string; status: string }[]> =>
  app.database.query(
    `SELECT user_id AS person, kind, status FROM notice WHERE inlet_id IS NOT NULL ORDER BY created_at, kind, user_id`,
  );
const told = (kind: string, status: string, ...people: PersonName[]): object[] =>
  people.map((person) => ({ person: app.world.people[person], kind, status }));
const textsTo = async (person: PersonName): Promise<string[]> => {
  const mails = await app.database.query<{ text: string }>(
    'SELECT text FROM mail WHERE recipient_id = $1 AND text IS NOT NULL ORDER BY id',
    [app.world.people[person]],
  );
  return mails.map(({ text }) => text);
};

describe('an inlet that falls silent', () => {
  it('is told to the owner and the backup operator once, with the reason and the way there', async () => {
    const { path, systemId, requirementId } = await connect(app, nightly);
    await sender.send(path, resticRun('eeee1111', '2026-11-22T17:30:00Z'));
    await at('2026-11-23T18:30:00Z');
    expect(await noticed()).toEqual([]);
    await at('2026-11-23T18:30:01Z');
    await at('2026-11-24T09:00:00Z');
    await at('2026-11-26T09:00:00Z');
    expect(await noticed()).toEqual(expect.arrayContaining(told('INLET_SILENT', 'PENDING', 'owner', 'operator')));
    expect(await noticed()).toHaveLength(2);
    await mailed();
    const [text] = await textsTo('operator');
    expect(text).toContain('「夜間 DB」からの報告が途絶えています');
    expect(text).toContain('予定の実行が成功しないまま、猶予の1時間を過ぎました');
    expect(text).toContain(`https://sonae.example/systems/${systemId}/backups/${requirementId}/runs`);
    expect(await noticed()).toEqual(expect.arrayContaining(told('INLET_SILENT', 'SENT', 'owner', 'operator')));
  });

  it('is not told any more when it reports again before the digest, and told anew when it falls silent again', async () => {
    const { path } = await connect(app, nightly);
    await at('2026-11-23T18:30:01Z');
    app.clock.set('2026-11-23T18:41:00Z');
    await sender.send(path, resticRun('eeee2222', '2026-11-23T18:40:00Z'));
    await at('2026-11-23T18:45:00Z');
    expect((await noticed()).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
    await at('2026-11-24T18:30:01Z');
    expect((await noticed()).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED', 'PENDING', 'PENDING']);
  });

  it('is in no mail that is written after it has reported', async () => {
    const { path } = await connect(app, nightly);
    await at('2026-11-23T18:30:01Z');
    await find(DigestFormer).run();
    app.clock.set('2026-11-23T18:41:00Z');
    await sender.send(path, resticRun('eeee3333', '2026-11-23T18:40:00Z'));
    await mailed();
    expect((await noticed()).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
    expect((await textsTo('operator')).join()).not.toContain('夜間 DB');
  });

  it('tells nobody once it is ended, or of a requirement that is withdrawn', async () => {
    const ended = await connect(app, nightly);
    const withdrawn = await connect(app, nightly);
    await (await app.as('owner')).post(`/inlets/${ended.inletId}/revoke`);
    const path = `/backup-requirements/${withdrawn.requirementId}/withdraw`;
    expect((await (await app.as('owner')).post(path, { reason: '統合のため' })).status).toBe(200);
    await at('2026-11-23T18:30:01Z');
    expect(await noticed()).toEqual([]);
  });
});

describe('an inlet that fails', () => {
  it('by a message that cannot be read is told with how many there were', async () => {
    const { path } = await connect(app, nightly);
    await sender.send(path, { tool: 'restic', stdout: '{"message_type":' });
    await at('2026-11-23T00:00:05Z');
    await sender.send(path, { tool: 'restic', stdout: '{"message_type":"sum' });
    await at('2026-11-23T00:00:10Z');
    expect(await noticed()).toHaveLength(2);
    await mailed();
    expect((await textsTo('owner'))[0]).toContain('読み取れない送信が2件あります');
  });

  it('by the list of a store that holds nothing is told at once, and over when a point is on it again', async () => {
    const { path, inletId } = await connect(app, nightly);
    const list = (...snapshots: object[]): object => ({
      ...{ tool: 'restic', command: 'restic snapshots --json', exitCode: 0, stdout: JSON.stringify(snapshots) },
    });
    const night = { ...RESTIC_SNAPSHOT, time: '2026-11-22T17:30:00Z' };
    await sender.send(path, list(night));
    await at('2026-11-23T00:00:05Z');
    expect(await noticed()).toEqual([]);

    await sender.send(path, list());
    expect(await sender.inletOf(inletId)).toMatchObject({
      state: 'FAILING',
      reason: {
        code: 'INLET_STORE_EMPTY',
        text: '2026年11月23日（月） 09:00の一覧では保管先が空で、復旧時点がありません。',
      },
    });
    await at('2026-11-23T00:00:10Z');
    expect(await noticed()).toEqual(expect.arrayContaining(told('INLET_FAILING', 'PENDING', 'owner', 'operator')));

    await sender.send(path, list(night));
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'ON_TIME' });
    await at('2026-11-23T00:00:15Z');
    expect((await noticed()).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  it('by a list without the newest point that was reported is told, until a newer one is reported', async () => {
    const { path, inletId } = await connect(app, nightly);
    const old = { ...RESTIC_SNAPSHOT, time: '2026-11-21T17:30:00Z' };
    const list = (finishedAt: string, ...snapshots: object[]): object => ({
      ...{ tool: 'restic', command: 'restic snapshots --json', exitCode: 0, finishedAt },
      stdout: JSON.stringify(snapshots),
    });
    await sender.send(path, resticRun('eeee4444', '2026-11-22T17:30:00Z'));
    // A list that was made before the backup comes in late.
    await sender.send(path, list('2026-11-22T17:00:00Z', old));
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'ON_TIME' });

    await sender.send(path, list('2026-11-23T00:00:00Z', old));
    expect(await sender.inletOf(inletId)).toMatchObject({
      state: 'FAILING',
      reason: {
        code: 'INLET_POINT_LOST',
        params: { lastAt: '2026-11-23T00:00:00.000Z', pointAt: '2026-11-22T17:30:00.000Z' },
      },
    });
    await at('2026-11-23T00:00:05Z');
    expect(await noticed()).toEqual(expect.arrayContaining(told('INLET_FAILING', 'PENDING', 'owner', 'operator')));

    app.clock.set('2026-11-23T17:40:00Z');
    await sender.send(path, resticRun('eeee5555', '2026-11-23T17:30:00Z'));
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'ON_TIME' });
  });

  it('is told to who answers for the organisation where neither owner nor backup operator is left', async () => {
    await app.database.query('DELETE FROM role_assignment WHERE role = $1', ['BACKUP_OPERATOR']);
    const { systemId, path } = await connect(app, nightly);
    await app.database.query('UPDATE system SET owner_id = NULL, deputy_id = NULL WHERE id = $1', [systemId]);
    await sender.send(path, { tool: 'restic', stdout: '{"message_type":' });
    await at('2026-11-23T00:00:05Z');
    expect(await noticed()).toEqual(told('INLET_FAILING', 'PENDING', 'manager'));
  });
});
