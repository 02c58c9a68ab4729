import { Schedule } from './platform/queue/job';

/** Everything that runs by the clock, one line each. */
export const SCHEDULES: readonly Schedule[] = [
  { job: 'obligations.tick', everyMs: 5_000 },
  { job: 'obligations.inlets', everyMs: 5_000 },
  { job: 'obligations.inlet-sizes', everyMs: 60_000 },
  { job: 'reminders.sweep', everyMs: 5_000 },
  { job: 'reminders.channels', everyMs: 5_000 },
  { job: 'reminders.unreachable', cron: '15 6 * * *', timeZone: 'Asia/Tokyo' },
  { job: 'reminders.expiries', cron: '20 6 * * *', timeZone: 'Asia/Tokyo' },
  { job: 'reminders.drills', everyMs: 5_000 },
  { job: 'upkeep.demo-pulse', everyMs: 600_000 },
  { job: 'upkeep.readiness-days', everyMs: 600_000 },
  { job: 'upkeep.reports', everyMs: 600_000 },
  { job: 'upkeep.reconcile', cron: '30 2 * * *', timeZone: 'Asia/Tokyo' },
  { job: 'upkeep.raw-payloads', cron: '15 4 * * *', timeZone: 'Asia/Tokyo' },
  { job: 'upkeep.nightly', cron: '45 3 * * *', timeZone: 'Asia/Tokyo' },
];
