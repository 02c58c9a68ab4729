import { openQueueBackend } from '../../src/platform/queue/queue-backend';
import { SCHEDULES } from '../../src/schedule';
import type { Client } from '../support/client';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { type QueueStore, queueStores } from '../support/running/queue-store';
import { RunningProcess, runToEnd } from '../support/running/running-process';
import { cleanUp, dataFolder, settingsFor, signIn } from '../support/running/service';
import { MailServer } from '../support/running/smtp';

const PASSWORD = 'known to the test';
const EVERY_MS = 5_000;
const PATIENCE_MS = 45_000;
/** What runs by the clock while the test looks on, by the names of its heartbeats: what a job does in its queue. */
const OFTEN = SCHEDULES.filter(({ everyMs }) => everyMs === EVERY_MS).map(({ job }) => job.split('.')[1]);
/** Writes down every end of a clock-driven job: the service itself keeps the last one only. */
const COUNT_HEARTBEATS = `
  CREATE TABLE heard (name text, at timestamptz DEFAULT clock_timestamp());
  CREATE FUNCTION hear() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO heard (name) VALUES (NEW.name); RETURN NULL; END $$;
  CREATE TRIGGER hear AFTER INSERT OR UPDATE ON heartbeat FOR EACH ROW EXECUTE FUNCTION hear()`;

interface StoredMail {
  id: string;
  messageId: string;
  to: string;
  status: string;
}

afterAll(cleanUp);

describe.each(queueStores())('processes apart from each other, with their queue in $kind', ({ kind, open }) => {
  let database: TestDatabase;
  let store: QueueStore;
  let settings: Record<string, string>;
  let mailServer: MailServer;
  let stuck: MailServer;
  const http: { process: RunningProcess; url: string; admin: Client }[] = [];
  let workers: RunningProcess[] = [];

  beforeAll(async () => {
    database = await cloneDatabase(`roles ${kind}`);
    store = await open(database);
    mailServer = await MailServer.start();
    stuck = await MailServer.start({ holds: true });
    settings = settingsFor(dataFolder(), { DATABASE_URL: database.url, ...store.settings });
    const seeded = await runToEnd(['dist/cli.js', 'seed-demo'], {
      settings: { ...settings, SONAE_DEMO_PASSWORD: PASSWORD },
    });
    expect(seeded).toMatchObject({ code: 0, stderr: '' });
    await database.query(COUNT_HEARTBEATS);
  });

  afterAll(async () => {
    for (const one of [...workers, ...http.map(({ process: running }) => running)])
      if (!one.hasEnded) await one.stop('SIGKILL');
    await mailServer?.stop();
    await stuck?.stop();
    await store?.stop();
    await database?.drop();
  });

  const startWorker = async (to: MailServer): Promise<RunningProcess> => {
    const worker = RunningProcess.start(['dist/worker.js'], { settings: { ...settings, SMTP_URL: to.url } });
    workers.push(worker);
    await worker.says(/"working"/);
    return worker;
  };

  const startTwoWorkers = async (): Promise<void> => {
    await database.query('DELETE FROM heard');
    workers = [];
    await Promise.all([startWorker(mailServer), startWorker(mailServer)]);
  };

  const startHttp = async (): Promise<void> => {
    const running = RunningProcess.start(['dist/main.js'], { settings });
    const [, url = ''] = await running.says(/listening, (http:[^"]+)/);
    http.push({ process: running, url, admin: await signIn(url, 'admin@demo.example', PASSWORD) });
  };

  const mails = (): Promise<StoredMail[]> =>
    database.query<StoredMail>(
      `SELECT m.id, '<' || m.id || '@sonae>' AS "messageId", u.email AS to, m.status FROM mail m JOIN app_user u ON u.id = m.recipient_id`,
    );

  /** Waits until nothing is left to be told or to be sent. */
  const allSent = (): Promise<unknown> =>
    eventually(
      () =>
        database.query<{ left: number; sent: number }>(
          `SELECT (SELECT count(*)::int FROM reminder WHERE status = 'PENDING') +
             (SELECT count(*)::int FROM mail WHERE status <> 'SENT') AS left, (SELECT count(*)::int FROM mail) AS sent`,
        ),
      ([counts]) => counts?.left === 0 && counts.sent > 0,
      PATIENCE_MS,
    );

  /** Hands every mail to the workers twice more: a queue promises that a job comes, not that it comes once. */
  const comeAgain = async (stored: StoredMail[]): Promise<void> => {
    const backend = openQueueBackend(settings.REDIS_URL, database.connection);
    const queue = backend.queue('delivery');
    const jobs = stored.map(({ id }) => ({ name: 'delivery.digest', data: { mailId: id } }));
    await queue.addBulk([...jobs, ...jobs]);
    await eventually(
      () => queue.getJobCounts('waiting', 'active', 'prioritized'),
      (counts) => Object.values(counts).every((count) => count === 0),
    );
    await queue.close();
    await backend.close();
  };

  const sentBy = ({ received }: MailServer): string[] =>
    received.map(({ to, messageId }) => `${to} ${messageId}`).sort();
  const asSent = (stored: StoredMail[]): string[] => stored.map(({ to, messageId }) => `${to} ${messageId}`).sort();

  it('serves the same over HTTP from either process, and says when nobody runs the jobs', async () => {
    await Promise.all([startHttp(), startHttp()]);
    const [one, other] = http as [(typeof http)[0], (typeof http)[0]];
    const cookie = `sonae_session=${one.admin.cookie('sonae_session')}`;
    const system = { code: 'NEW', name: '新', tier: 'LOW' };
    const [{ organisationId }] = (await one.admin.get('/me')).body.roles;
    const { status, body } = await one.admin.post('/systems', { ...system, organisationId });
    expect(status).toBe(201);
    const seen = await fetch(`${other.url}/api/v1/systems/${body.id}`, { headers: { cookie } });
    expect([seen.status, await seen.json()]).toEqual([200, expect.objectContaining(system)]);

    const { status: answer, body: readiness } = await other.admin.get('//readyz');
    expect([answer, readiness]).toEqual([
      200,
      expect.objectContaining({
        status: 'degraded',
        checks: expect.objectContaining({ queue: { ok: true, kind }, sweep: expect.objectContaining({ ok: false }) }),
      }),
    ]);
  });

  it('tells everybody once although a worker is killed -9 with mails under way', async () => {
    const killed = await startWorker(stuck);
    await eventually(
      () => Promise.resolve(stuck.received),
      ({ length }) => length > 0,
      PATIENCE_MS,
    );
    expect(await killed.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    // What it had under way is another's when its lease has run out: as if that time had passed.
    await database.query(`UPDATE mail SET leased_until = now() WHERE status = 'SENDING'`);
    await startTwoWorkers();
    await allSent();
    await comeAgain(await mails());

    const stored = await mails();
    expect(sentBy(mailServer)).toEqual(asSent(stored));
    expect(new Set(stored.map(({ to }) => to)).size).toBe(stored.length);
    // A mail server that had taken one before the kill knows the second by its Message-ID.
    expect(sentBy(mailServer)).toEqual(expect.arrayContaining(sentBy(stuck)));
    expect(stored.map(({ to }) => to).filter((to) => !to.endsWith('.example'))).toEqual([]);
  });

  it('runs what runs by the clock once, however many workers there are', async () => {
    const heard = await eventually(
      () =>
        database.query<{ name: string; count: number; ms: number }>(
          `SELECT name, count(*)::int, extract(epoch FROM max(at) - min(at))::float8 * 1000 AS ms FROM heard
           WHERE name = ANY ($1) GROUP BY name`,
          [OFTEN],
        ),
      (rows) => rows.length === OFTEN.length && rows.every(({ ms }) => ms > 3 * EVERY_MS),
      PATIENCE_MS,
    );
    // The first may come late, when the workers have just started; then all are heard within a shorter time. Run by both, there would be twice as many.
    expect(heard.filter(({ count, ms }) => count > Math.ceil(ms / EVERY_MS) + 1)).toEqual([]);
  });

  it('tells everybody once more the day after, although the queue store was lost', async () => {
    const yesterday = await mails();
    // The next day, on which the same is to be told again.
    await database.query('UPDATE mail SET digest_on = digest_on - 1');
    await database.query(
      `UPDATE reminder SET status = 'PENDING', mail_id = NULL, sent_at = NULL WHERE status = 'SENT'`,
    );
    await store.empty();
    for (const worker of workers) expect(await worker.stop()).toMatchObject({ code: 0, stderr: '' });
    await store.empty();
    await startTwoWorkers();
    await allSent();
    const stored = await mails();
    expect(sentBy(mailServer)).toEqual(asSent(stored));
    expect(stored.map(({ to }) => to).sort()).toEqual([...yesterday, ...yesterday].map(({ to }) => to).sort());
  });

  it('stops cleanly, every process by itself', async () => {
    expect((await http[0]?.admin.get('//readyz'))?.body.status).toBe('ok');
    const all = [...workers, ...http.map(({ process: running }) => running)];
    const ends = await Promise.all(all.map((one) => one.stop()));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(all.flatMap((one) => one.complaints())).toEqual([]);
  });
});
