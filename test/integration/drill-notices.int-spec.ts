import { RunOpening } from '../../src/evidence/drills/runs/run-opening';
import { RunRecord } from '../../src/evidence/drills/runs/run-record';
import { RunStart } from '../../src/evidence/drills/live/run-start';
import { RunSweep } from '../../src/evidence/drills/live/run-sweep';
import { Config } from '../../src/platform/config/config';
import { Heartbeats } from '../../src/platform/health/heartbeats';
import { connectionOf } from '../../src/platform/database/data-source';
import { JobQueue } from '../../src/platform/queue/job-queue';
import { openQueueBackend } from '../../src/platform/queue/queue-backend';
import { QueueWorkers } from '../../src/platform/queue/queue-workers';
import { startTestApp, type TestApp } from '../support/app';
import { drilled, tickAll } from '../support/builders/drills';
import { centreOf } from '../support/centre/of-app';
import { remindersOf, type Reminding } from '../support/centre/reminding';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { emailOf, PASSWORD } from '../support/world';
import { startSmtpServer, type SmtpServer } from '../support/smtp';

let app: TestApp;
let smtp: SmtpServer;
let reminding: Reminding;
let owner: Client;

beforeEach(async () => {
  smtp = await startSmtpServer();
  app = await startTestApp('drill notices', { settings: { SMTP_URL: smtp.url }, now: '2026-11-23T00:30:00Z' });
  reminding = remindersOf(centreOf(app), smtp.url);
  owner = await app.as('owner');
});
afterEach(async () => {
  reminding.close();
  await app.stop();
  await smtp.stop();
});

const runSweep = (): RunSweep =>
  new RunSweep(
    app.dataSource,
    app.app.get(RunOpening, { strict: false }),
    app.app.get(RunRecord, { strict: false }),
    app.clock,
    app.app.get(Heartbeats, { strict: false }),
    app.app.get(Config, { strict: false }),
  );
const minutes = (count: number): void => app.clock.advance({ minutes: count });

/** What a sweep of the worker does, by two workers at once. */
async function sweep(): Promise<void> {
  await Promise.all([runSweep().handle(), runSweep().handle()]);
  await reminding.sweepAll();
  await reminding.deliverAll();
}

/** What came by mail since it was last asked: to whom, and the sentences of the notices. */
function mails(of: RegExp): string[] {
  const taken = smtp.taken.splice(0);
  return taken
    .flatMap(({ recipients, mail }) =>
      (mail.text ?? '')
        .split('\n')
        .flatMap((line) => (of.test(line) ? [`${recipients[0]?.split('@')[0]} ${line.trim()}`] : [])),
    )
    .sort();
}

const noticesOf = (kind: string): Promise<{ person: string; status: string; path: string }[]> =>
  app.database.query(
    `SELECT split_part(u.email, '@', 1) AS person, n.status, n.path FROM notice n JOIN app_user u ON u.id = n.user_id
     WHERE n.kind = $1 ORDER BY 1, n.created_at`,
    [kind],
  );

describe('who is booked for a drill', () => {
  it('is asked with the next digest to confirm, and again when the time changes; who has confirmed by then is not', async () => {
    const { operator, deputy } = app.world.people;
    const { drillId } = await drilled(app, {
      scheduledAt: '2026-12-15T01:00:00Z',
      participants: [{ userId: operator }, { userId: deputy }],
    });
    expect((await (await app.as('deputy')).post(`/drills/${drillId}/acknowledge`)).status).toBe(200);
    await sweep();
    expect(await noticesOf('DRILL_BOOKED')).toEqual([
      { person: 'deputy', status: 'CANCELLED', path: `/drills/${drillId}` },
      { person: 'operator', status: 'SENT', path: `/drills/${drillId}` },
    ]);
    expect(mails(/参加を確認/)).toEqual([expect.stringContaining('operator ')]);
    const { headers } = await owner.get(`/drills/${drillId}`);
    await owner.patch(`/drills/${drillId}`, { scheduledAt: '2026-12-16T01:00:00Z' }, headers.get('etag'));
    expect((await noticesOf('DRILL_BOOKED')).map(({ person, status }) => `${person} ${status}`)).toEqual([
      'deputy CANCELLED',
      'deputy PENDING',
      'operator SENT',
      'operator PENDING',
    ]);
  });

  it('is told when it is called off', async () => {
    const { drillId } = await drilled(app, {
      scheduledAt: '2026-12-15T01:00:00Z',
      participants: [{ userId: app.world.people.operator }],
    });
    expect((await owner.post(`/drills/${drillId}/cancel`, { reason: '庁舎停電のため' })).status).toBe(200);
    await sweep();
    expect((await noticesOf('DRILL_BOOKED')).map(({ status }) => status)).toEqual(['CANCELLED']);
    expect(mails(/中止/)).toEqual([expect.stringContaining('operator ')]);
  });
});

describe('a run', () => {
  it('is told at once to who is booked and who answers for the system when it opens, passes its planned end, and is left open', async () => {
    const { drillId } = await drilled(app, { participants: [{ userId: app.world.people.operator }] });
    await sweep();
    smtp.taken.splice(0);
    minutes(30);
    await sweep();
    await sweep();
    const [run] = (await owner.get(`/drills/${drillId}`)).body.runs;
    expect(await noticesOf('DRILL_OPENED')).toEqual([
      { person: 'operator', status: 'SENT', path: `/drill-runs/${run.id}` },
      { person: 'owner', status: 'SENT', path: `/drill-runs/${run.id}` },
    ]);
    expect(mails(/記録が始まりました/)).toEqual([
      expect.stringMatching(/^operator /),
      expect.stringMatching(/^owner /),
    ]);
    await (await app.as('operator')).post(`/drill-runs/${run.id}/begin`);
    minutes(61);
    await sweep();
    await sweep();
    expect(mails(/予定の終了時刻/)).toEqual([expect.stringMatching(/^operator /), expect.stringMatching(/^owner /)]);
    minutes(24 * 60);
    await sweep();
    minutes(24 * 60);
    await sweep();
    expect((await noticesOf('DRILL_LEFT_OPEN')).map(({ person, status }) => `${person} ${status}`)).toEqual([
      'operator SENT',
      'operator SENT',
      'owner SENT',
      'owner SENT',
    ]);
    expect(mails(/開いたまま/)).toHaveLength(4);
  });

  it.each(['is formed', 'leaves'])('that has been completed before the mail %s is not told as late', async (before) => {
    const { drillId } = await drilled(app, { participants: [{ userId: app.world.people.operator }] });
    minutes(30);
    await sweep();
    const [{ id }] = (await owner.get(`/drills/${drillId}`)).body.runs;
    const operator = await app.as('operator');
    await operator.post(`/drill-runs/${id}/begin`);
    minutes(61);
    await runSweep().handle();
    if (before === 'leaves') expect(await reminding.digests.prompt()).toBe(2);
    await tickAll(app, `/drill-runs/${id}`);
    await operator.post(`/drill-runs/${id}/complete`, {
      ...{ outcome: 'PASSED', checkObserved: '最終受付番号 4021', checkHeld: true },
    });
    expect(await reminding.digests.prompt()).toBe(0);
    await reminding.deliverAll();
    expect((await noticesOf('DRILL_LATE')).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(mails(/予定の終了時刻/)).toEqual([]);
  });

  it('has a job of its own at the planned start, which opens what is due and nothing else', async () => {
    const { drillId } = await drilled(app);
    const queue = app.app.get(JobQueue, { strict: false }).queue('reminders');
    const waiting = await queue.getDelayed();
    expect(waiting.map(({ name, opts }) => [name, opts.delay])).toContainEqual(['reminders.drill-start', 30 * 60_000]);
    const start = new RunStart(runSweep());
    await start.handle();
    expect((await owner.get(`/drills/${drillId}`)).body.status).toBe('PLANNED');
    const { headers } = await owner.get(`/drills/${drillId}`);
    await owner.patch(`/drills/${drillId}`, { scheduledAt: '2026-11-23T02:00:00Z' }, headers.get('etag'));
    minutes(30);
    await start.handle();
    expect((await owner.get(`/drills/${drillId}`)).body.status).toBe('PLANNED');
    minutes(60);
    await Promise.all([start.handle(), start.handle()]);
    expect((await owner.get(`/drills/${drillId}`)).body).toMatchObject({ status: 'UNDER_WAY', runs: [{}] });
  });
});

describe('the job at a planned start', () => {
  it('opens the run without a sweep', async () => {
    const { drillId } = await drilled(app, { scheduledAt: '2026-11-23T00:30:01Z' });
    app.clock.advance({ minutes: 1 });
    const jobs = app.app.get(JobQueue, { strict: false });
    const backend = openQueueBackend(app.app.get(Config, { strict: false }).REDIS_URL, connectionOf(app.dataSource));
    const workers = new QueueWorkers(backend, [new RunStart(runSweep())], [], jobs);
    await workers.onApplicationBootstrap();
    try {
      await eventually(
        async () => (await owner.get(`/drills/${drillId}`)).body.status,
        (status) => status === 'UNDER_WAY',
      );
    } finally {
      await workers.beforeApplicationShutdown();
    }
  });
});

describe('a worker that dies', () => {
  it('between the notice and the mail, or between forming the mail and sending it, costs nobody a mail and gives nobody two', async () => {
    await drilled(app, { participants: [{ userId: app.world.people.operator }] });
    await sweep();
    smtp.taken.splice(0);
    minutes(30);
    await runSweep().handle();
    const second = remindersOf(centreOf(app), smtp.url);
    const formed = await Promise.all([second.digests.prompt(), reminding.digests.prompt()]);
    expect(formed[0] + formed[1]).toBe(2);
    second.close();
    const third = remindersOf(centreOf(app), smtp.url);
    await runSweep().handle();
    await third.sweepAll();
    await Promise.all([third.deliverAll(), reminding.deliverAll()]);
    third.close();
    await sweep();
    expect(mails(/記録が始まりました/)).toEqual([
      expect.stringMatching(/^operator /),
      expect.stringMatching(/^owner /),
    ]);
  });
});

describe('a reminder of a drill', () => {
  it('names the drill that is planned for it and leads there, or says that none is and leads to planning one', async () => {
    const { systemId, drillId } = await drilled(app, { scheduledAt: '2026-12-15T01:00:00Z', title: '冬の機能訓練' });
    app.clock.set('2027-01-15T00:30:00Z');
    await app.database.query(`UPDATE drill SET scheduled_at = '2027-01-18T01:00:00Z' WHERE id = $1`, [drillId]);
    await sweep();
    const text = smtp.taken.map(({ mail }) => mail.text ?? '').join('\n');
    expect(text).toContain('「冬の機能訓練」を2027年1月18日（月）に予定しています。');
    expect(text).toContain(`/drills/${drillId}`);
    expect(text).toContain('訓練はまだ予定されていません。日程を決めてください。');
    expect(text).toContain(`/systems/${systemId}/drills/new?type=NOTIFICATION`);
    const said = [
      {
        text: '「冬の機能訓練」を2027年1月18日（月）に予定しています。',
        path: `/drills/${drillId}`,
      },
      {
        text: '訓練はまだ予定されていません。日程を決めてください。',
        path: `/systems/${systemId}/drills/new?type=NOTIFICATION`,
      },
    ];
    const again = app.browser();
    await again.post('/auth/login', { email: emailOf('owner'), password: PASSWORD });
    const entries: { note: string | null; path: string }[] = (await again.get('/me/inbox?limit=200')).body.items;
    const listed = (await (await app.as('auditor')).get(`/reminders?limit=200&systemId=${systemId}`)).body.items;
    for (const drill of said) {
      expect(entries).toContainEqual(expect.objectContaining({ note: drill.text, path: drill.path }));
      expect(listed).toContainEqual(expect.objectContaining({ obligation: expect.objectContaining({ drill }) }));
    }
  });
});
