import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { type JobHandler, type JobName, QUEUES, type Schedule } from '../../src/platform/queue/job';
import { JobQueue } from '../../src/platform/queue/job-queue';
import { openQueueBackend } from '../../src/platform/queue/queue-backend';
import { QueueWorkers } from '../../src/platform/queue/queue-workers';
import { SCHEDULES } from '../../src/schedule';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { type QueueStore, queueStores } from '../support/running/queue-store';

/** A handler that keeps what it was given, and fails as often as it is told to. */
class Recorder implements JobHandler<{ n: number }> {
  readonly handled: number[] = [];

  constructor(
    readonly job: JobName,
    private failures = 0,
  ) {}

  async handle({ n }: { n: number }): Promise<void> {
    this.handled.push(n);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the disk is full');
    }
  }
}

// Jobs fail here by intent.
Logger.overrideLogger(false);

describe.each(queueStores())('the queue in $kind', ({ kind, open }) => {
  let database: TestDatabase;
  let store: QueueStore;
  let stops: (() => Promise<void>)[];

  beforeEach(async () => {
    database = await cloneDatabase(`queue ${kind}`);
    store = await open(database);
    stops = [];
  });

  afterEach(async () => {
    for (const stop of stops.reverse()) await stop();
    await store.stop();
    await database.drop();
  });

  const jobQueue = (): JobQueue => {
    const jobs = new JobQueue(openQueueBackend(store.settings['REDIS_URL'], database.connection));
    stops.push(() => jobs.onApplicationShutdown());
    return jobs;
  };

  /** Workers that run; `handlers` for the jobs that are handed out and the schedules. */
  const work = async (handlers: JobHandler<never>[], schedules: Schedule[] = []): Promise<QueueWorkers> => {
    const backend = openQueueBackend(store.settings['REDIS_URL'], database.connection);
    const jobs = new JobQueue(backend);
    const workers = new QueueWorkers(backend, handlers, schedules, jobs);
    stops.push(async () => {
      await workers.beforeApplicationShutdown();
      await jobs.onApplicationShutdown();
    });
    await workers.onApplicationBootstrap();
    return workers;
  };

  const scheduled = async (jobs: JobQueue): Promise<Record<string, unknown>> => {
    const found: Record<string, unknown> = {};
    for (const name of QUEUES)
      for (const { key, pattern, tz, every } of await jobs.queue(name).getJobSchedulers())
        found[key] = pattern ? `${pattern} ${tz}` : Number(every);
    return found;
  };

  it('carries a job to its handler', async () => {
    const recorder = new Recorder('imports.systems');
    await work([recorder as JobHandler<never>]);
    await jobQueue().add('imports.systems', { n: 7 });
    await eventually(
      async () => recorder.handled,
      ({ length }) => length > 0,
    );
    expect(recorder.handled).toEqual([7]);
  });

  it('carries a job that waits when its time has come, and not before', async () => {
    const recorder = new Recorder('imports.systems');
    const jobs = jobQueue();
    await jobs.addLater('imports.systems', { n: 2 }, 1_000);
    await jobs.addLater('imports.systems', { n: 3 }, 3_600_000);
    await jobs.addLater('imports.systems', { n: 1 }, -1);
    await work([recorder as JobHandler<never>]);
    await eventually(
      async () => recorder.handled,
      ({ length }) => length > 1,
    );
    expect(recorder.handled).toEqual([1, 2]);
  });

  it('knows every schedule once, however often it is written, and none that is no more', async () => {
    const jobs = jobQueue();
    await jobs.queue('obligations').upsertJobScheduler('obligations.once-upon-a-time', { pattern: '0 0 1 1 *' });
    await jobs.queue('upkeep').upsertJobScheduler('upkeep.nightly', { pattern: '0 0 * * *', tz: 'UTC' });
    const handlers = SCHEDULES.map(({ job }) => new Recorder(job));
    const workers = await work(handlers as JobHandler<never>[], [...SCHEDULES]);
    const expected = Object.fromEntries(
      SCHEDULES.map(({ job, cron, timeZone, everyMs }) => [job, cron ? `${cron} ${timeZone}` : everyMs]),
    );
    expect(await scheduled(jobs)).toEqual(expected);
    const delayed = async (): Promise<string[]> =>
      (await Promise.all(QUEUES.map((name) => jobs.queue(name).getDelayed())))
        .flat()
        .map(({ name }) => name)
        .sort();
    const names = SCHEDULES.map(({ job }) => job).sort();
    const eachOnce = (found: string[]): boolean => found.join() === names.join();
    await eventually(delayed, eachOnce);
    await workers.schedule();
    await workers.schedule();
    expect(await scheduled(jobs)).toEqual(expected);
    await eventually(delayed, eachOnce);
  });

  it('has its schedules again after its store was emptied, and goes on working', async () => {
    const [ticking, handed] = [new Recorder('obligations.tick'), new Recorder('imports.systems')];
    const workers = await work([ticking, handed] as JobHandler<never>[], [{ job: 'obligations.tick', everyMs: 200 }]);
    await eventually(
      async () => ticking.handled.length,
      (count) => count > 1,
    );
    await store.empty();
    const jobs = jobQueue();
    await workers.schedule();
    expect(await scheduled(jobs)).toEqual({ 'obligations.tick': 200 });
    const before = ticking.handled.length;
    await eventually(
      async () => ticking.handled.length,
      (count) => count > before + 1,
    );
    await jobs.add('imports.systems', { n: 1 });
    await eventually(
      async () => handed.handled,
      ({ length }) => length === 1,
    );
  });

  it('goes on with a schedule whose job fails', async () => {
    const failing = new Recorder('obligations.tick', Infinity);
    await work([failing as JobHandler<never>], [{ job: 'obligations.tick', everyMs: 200 }]);
    expect(
      await eventually(
        async () => failing.handled.length,
        (count) => count > 3,
      ),
    ).toBeGreaterThan(3);
  });

  it('does not start when a scheduled job has no handler, nor when a job has two', async () => {
    const tick = (): JobHandler<never> => new Recorder('obligations.tick') as JobHandler<never>;
    await expect(work([tick()], [{ job: 'reminders.sweep', everyMs: 1_000 }])).rejects.toThrow(
      'no handler for reminders.sweep',
    );
    await expect(work([tick(), tick()])).rejects.toThrow('obligations.tick has two handlers');
  });

  it('tries a failing job again, and leaves one that has used up its attempts to be seen and retried', async () => {
    const [hopeful, hopeless] = [new Recorder('imports.systems', 2), new Recorder('imports.other', 3)];
    await work([hopeful, hopeless] as JobHandler<never>[]);
    const jobs = jobQueue();
    const quick = { attempts: 3, backoff: { type: 'fixed', delay: 20 } };
    await jobs.queue('imports').add(hopeful.job, { n: 1 }, quick);
    await jobs.queue('imports').add(hopeless.job, { n: 2 }, quick);
    const failed = async (): Promise<number | undefined> =>
      (await jobs.depths()).find(({ name }) => name === 'imports')?.failed;
    await eventually(failed, (count) => count === 1);
    expect(hopeless.handled).toEqual([2, 2, 2]);
    expect(hopeful.handled).toEqual([1, 1, 1]);

    const [job] = (await jobs.queue('imports').getFailed()) as [Job];
    expect(job).toMatchObject({ name: 'imports.other', failedReason: 'the disk is full', attemptsMade: 3 });
    await job.retry();
    await eventually(
      async () => hopeless.handled,
      ({ length }) => length === 4,
    );
    expect(await failed()).toBe(0);
  });

  it('gives every job eight attempts, with longer and longer waits', async () => {
    const jobs = jobQueue();
    await jobs.add('imports.systems', { n: 1 });
    const [job] = (await jobs.queue('imports').getWaiting()) as [Job];
    expect(job.opts).toMatchObject({ attempts: 8, backoff: { type: 'exponential', delay: 2_000 } });
  });

  it('takes a job by its natural key once while it waits, and again when it is over, well or ill', async () => {
    const jobs = jobQueue();
    for (const n of [1, 2, 3]) await jobs.add('imports.systems', { n }, 'import-1');
    await jobs.add('imports.systems', { n: 4 }, 'import-2');
    const recorder = new Recorder('imports.systems');
    await work([recorder as JobHandler<never>]);
    await eventually(
      async () => recorder.handled,
      ({ length }) => length === 2,
    );
    expect(recorder.handled).toEqual([1, 4]);
    await eventually(
      () => jobs.queue('imports').getJobCounts('completed', 'active', 'waiting'),
      ({ completed }) => completed === 2,
    );
    await jobs.add('imports.systems', { n: 5 }, 'import-1');
    await eventually(
      async () => recorder.handled,
      ({ length }) => length === 3,
    );
    expect(recorder.handled).toEqual([1, 4, 5]);
  });

  it('takes a job by its natural key again after it has failed for good', async () => {
    const jobs = jobQueue();
    const recorder = new Recorder('imports.systems', 8);
    await work([recorder as JobHandler<never>]);
    await jobs.add('imports.systems', { n: 1 }, 'import-1');
    const failed = async (): Promise<number> => {
      for (const job of await jobs.queue('imports').getDelayed()) await job.promote();
      return jobs.queue('imports').getFailedCount();
    };
    await eventually(failed, (count) => count === 1);
    await jobs.add('imports.systems', { n: 2 }, 'import-1');
    await eventually(
      async () => recorder.handled,
      ({ length }) => length === 9,
    );
    expect(recorder.handled.at(-1)).toBe(2);
  });

  it('lets a running job end before it stops', async () => {
    let [began, ended] = [false, false];
    const slow: JobHandler = {
      job: 'imports.systems',
      handle: async () => {
        began = true;
        await new Promise((resolve) => setTimeout(resolve, 300));
        ended = true;
      },
    };
    const workers = await work([slow as JobHandler<never>]);
    await jobQueue().add('imports.systems', {});
    await eventually(async () => began, Boolean);
    await workers.beforeApplicationShutdown();
    expect(ended).toBe(true);
  });
});

describe('a worker whose queue cannot be reached', () => {
  it('fails at its start instead of spinning', async () => {
    const backend = openQueueBackend(undefined, { url: 'postgres://nobody@127.0.0.1:1/none' });
    const jobs = new JobQueue(backend);
    const workers = new QueueWorkers(backend, [], [], jobs);
    await expect(workers.onApplicationBootstrap()).rejects.toThrow(/ECONNREFUSED/);
    await workers.beforeApplicationShutdown();
    await jobs.onApplicationShutdown();
  });
});
