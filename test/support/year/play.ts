import { setTimeout as sleep } from 'node:timers/promises';
import { type JobName } from '../../../src/platform/queue/job';
import { JobQueue } from '../../../src/platform/queue/job-queue';
import { SCHEDULES } from '../../../src/schedule';
import { demoEmailOf, type RunningApp, startBeside } from '../app';
import type { Client } from '../client';
import { type TestDatabase } from '../database';
import type { QueueStore, QueueStoreKind } from '../running/queue-store';
import { type SmtpServer, startSmtpServer } from '../smtp';
import { PASSWORD } from '../world';
import { PlayedWorker } from './played-worker';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 90_000;
/** What the clock asks for, in the order in which one depends on the other: first what the tools of the demo report, people are told last. */
const PLACES: Readonly<Partial<Record<JobName, number>>> = { 'upkeep.demo-pulse': -1, 'reminders.sweep': 1 };
const ASKED: readonly JobName[] = SCHEDULES.map(({ job }) => job).sort((a, b) => (PLACES[a] ?? 0) - (PLACES[b] ?? 0));

export interface Trouble {
  /** Days (0 is the first) on which the worker is killed as soon as the first mail of the day has been taken. */
  killedOn: readonly number[];
  /** Days on which the queue store forgets everything while work waits in it. */
  emptiedOn: readonly number[];
}

/** What was left of a played time. */
export interface Played {
  /** Every row of the ledger of reminders in words, sorted: what it was about, whom it told, and how it ended. */
  reminders: string[];
  /** Every digest: whose, of which day, how it ended. */
  digests: string[];
  /** What the mail server took, by recipient and message id. */
  taken: string[];
  /** The days whose readiness was frozen. */
  frozen: string[];
  kills: number;
  failedJobs: number;
}

/**
 * Plays the demo in `database` day by day from `from`, one morning each: the clock of the service moves, the jobs that the clock asks for are done by a
 * worker in a process of its own, and twice a month the owner sends the proofs that a person can attest. Takes minutes for a year.
 */
export async function play(
  database: TestDatabase,
  queue: QueueStoreKind,
  { from, days }: { from: string; days: number },
  { killedOn, emptiedOn }: Trouble,
): Promise<Played> {
  const store = await queue.open(database);
  const smtp = await startSmtpServer();
  const settings = { SMTP_URL: smtp.url, ...store.settings };
  const app = await startBeside({ database } as RunningApp, { settings, now: from });
  const stage = new Stage(database, app, smtp, store, settings);
  try {
    await stage.hire();
    for (let day = 0; day < days; day += 1) {
      await stage.moveTo(new Date(Date.parse(from) + day * DAY_MS));
      if (day % 15 === 7) await attest(app);
      await stage.work({ killed: killedOn.includes(day), emptied: emptiedOn.includes(day) });
    }
    return {
      ...(await ledger(database)),
      taken: takenBy(smtp),
      kills: stage.kills,
      failedJobs: await stage.failedJobs(),
    };
  } finally {
    await stage.end();
  }
}

/** One installation while it is played. */
class Stage {
  kills = 0;
  private worker: PlayedWorker | null = null;
  private readonly jobs: JobQueue;

  constructor(
    private readonly database: TestDatabase,
    private readonly app: RunningApp,
    private readonly smtp: SmtpServer,
    private readonly store: QueueStore,
    private readonly settings: Record<string, string>,
  ) {
    this.jobs = app.app.get(JobQueue, { strict: false });
  }

  async hire(): Promise<void> {
    this.worker = await PlayedWorker.start(this.database.asService, this.app.clock.now(), this.settings);
  }

  async moveTo(at: Date): Promise<void> {
    this.app.clock.set(at);
    await this.worker?.moveTo(at);
  }

  /** Has everything done that the clock asks for on this day, whatever happens in between. */
  async work({ killed, emptied }: { killed: boolean; emptied: boolean }): Promise<void> {
    const before = this.smtp.taken.length;
    await this.ask();
    if (killed) {
      await this.until(async () => this.smtp.taken.length > before || (await this.isIdle()));
      await this.worker?.kill();
      this.kills += 1;
      await this.hire();
    }
    if (emptied) {
      await this.until(async () => this.smtp.taken.length > before || (await this.isIdle()));
      await this.store.empty();
    }
    if (killed || emptied) {
      // Later than what the dead worker had leased: who else may try is told by the clock of the service.
      await this.moveTo(new Date(this.app.clock.now().getTime() + 10 * 60_000));
      await this.ask();
    }
    await this.until(() => this.isIdle());
  }

  async failedJobs(): Promise<number> {
    return (await this.jobs.depths()).reduce((sum, { failed }) => sum + failed, 0);
  }

  async end(): Promise<void> {
    await this.worker?.kill();
    await this.app.stop();
    await this.smtp.stop();
    await this.store.stop();
  }

  private async ask(): Promise<void> {
    for (const job of ASKED) {
      await this.jobs.add(job, {});
      // One after the other: what is told in the morning rests on how things stand by then.
      if (job.startsWith('obligations.') || job.startsWith('upkeep.')) await this.until(() => this.isIdle());
    }
  }

  private async isIdle(): Promise<boolean> {
    return (await this.jobs.depths()).every(({ waiting, active }) => waiting + active === 0);
  }

  private async until(holds: () => Promise<boolean>): Promise<void> {
    const begun = performance.now();
    while (!(await holds())) {
      if (performance.now() - begun > PATIENCE_MS)
        throw new Error(`still at work: ${JSON.stringify(await this.jobs.depths())}`);
      await sleep(5);
    }
  }
}

/** The owner attests what is due and can be attested. */
async function attest(app: RunningApp): Promise<void> {
  const owner: Client = app.browser();
  const signed = await owner.post('/auth/login', { email: demoEmailOf('owner'), password: PASSWORD });
  if (signed.status !== 200) throw new Error(JSON.stringify(signed.body));
  const { body } = await owner.get('/obligations?owner=me&state=OVERDUE,DUE_SOON,UNKNOWN&limit=200');
  for (const { kind, ruleKey, system } of body.items) {
    if (kind !== 'ATTESTATION') continue;
    const performedAt = app.clock.now().toISOString();
    const proof = { kind: 'ATTESTATION', ruleKey, outcome: 'PASSED', performedAt };
    const { status, body: answer } = await owner.post(`/systems/${system.id}/evidence`, proof);
    if (status !== 201) throw new Error(JSON.stringify(answer));
  }
}

async function ledger(database: TestDatabase): Promise<Pick<Played, 'reminders' | 'digests' | 'frozen'>> {
  const told = async (sql: string): Promise<string[]> =>
    (await database.query<{ told: string }>(sql)).map((row) => row.told).sort();
  return {
    reminders: await told(
      `SELECT concat_ws(' ', coalesce(s.code, '-'), r.rule_key, r.occurrence, r.stage, r.audience, r.offset_days, r.planned_on, r.status, u.email) AS told
       FROM reminder r LEFT JOIN system s ON s.id = r.system_id JOIN app_user u ON u.id = r.recipient_id`,
    ),
    digests: await told(
      `SELECT concat_ws(' ', u.email, m.digest_on, m.status, m.item_count) AS told FROM mail m JOIN app_user u ON u.id = m.recipient_id`,
    ),
    frozen: await told('SELECT day_on::text AS told FROM readiness_day'),
  };
}

const takenBy = (smtp: SmtpServer): string[] =>
  smtp.taken.flatMap(({ recipients, mail }) => recipients.map((to) => `${to} ${mail.messageId ?? ''}`)).sort();
