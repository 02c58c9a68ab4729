/** One queue per concern; each has a worker of its own, so that a storm in one holds up no other. */
export const QUEUES = ['obligations', 'reminders', 'delivery', 'channels', 'imports', 'upkeep'] as const;
export type QueueName = (typeof QUEUES)[number];

/** The name of a job says its queue: `reminders.sweep` runs in `reminders`. Payloads are ids, read again by the handler. */
export type JobName = `${QueueName}.${string}`;

export function queueOf(job: JobName): QueueName {
  return job.slice(0, job.indexOf('.')) as QueueName;
}

/** What a worker does for one kind of job. It reads the facts again and decides again before it acts: a job may come twice. */
export interface JobHandler<Payload = unknown> {
  readonly job: JobName;
  handle(payload: Payload): Promise<void>;
}

/** Something that runs by the clock: `cron` with its zone, or every so many milliseconds. */
export interface Schedule {
  job: JobName;
  cron?: string;
  timeZone?: string;
  everyMs?: number;
}

/** Checks that every scheduled or known job has exactly one handler. @throws Error naming the job. */
export function checkHandlers(handlers: readonly JobHandler<never>[], expected: readonly JobName[]): void {
  const seen = new Set<JobName>();
  for (const { job } of handlers) {
    if (seen.has(job)) throw new Error(`job ${job} has two handlers`);
    seen.add(job);
  }
  const missing = expected.filter((job) => !seen.has(job));
  if (missing.length > 0) throw new Error(`no handler for ${missing.join(', ')}`);
}
