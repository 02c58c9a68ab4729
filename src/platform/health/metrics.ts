import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { JobQueue } from '../queue/job-queue';

const STATES = ['met', 'due_soon', 'overdue', 'failed', 'unknown', 'waived'] as const;

/** Figures for Prometheus: the process, requests by route, duties by state, and jobs by queue. */
@Injectable()
export class Metrics implements OnModuleDestroy {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor(dataSource: DataSource, jobs: JobQueue) {
    collectDefaultMetrics({ register: this.registry });
    const { registry } = this;
    new Gauge({
      name: 'sonae_obligations',
      help: 'Duties of systems in operation, by state',
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const [state, count] of await orNone(obligationCounts(dataSource))) this.set({ state }, count);
      },
    });
    new Gauge({
      name: 'sonae_queue_jobs',
      help: 'Jobs, by queue and state',
      labelNames: ['queue', 'state'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const { name, ...counts } of await orNone(jobs.depths()))
          for (const [state, count] of Object.entries(counts)) this.set({ queue: name, state }, count);
      },
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The page of figures. */
  page(): Promise<string> {
    return this.registry.metrics();
  }

  /** One request that was answered. */
  observe(method: string, route: string, status: number, milliseconds: number): void {
    this.requests.observe({ method, route, status }, milliseconds / 1000);
  }

  onModuleDestroy(): void {
    this.registry.clear();
  }
}

/** A figure that cannot be had now is left out: the rest of the page is wanted most when something is down. */
function orNone<T>(figures: Promise<T[]>): Promise<T[]> {
  return figures.catch(() => []);
}

/** From the counts kept for the dashboard: counting a million rows at each visit would be felt. */
async function obligationCounts(dataSource: DataSource): Promise<[string, number][]> {
  const [row] = (await dataSource.query(
    `SELECT ${STATES.map((state) => `coalesce(sum(${state}), 0)::float8 AS ${state}`).join(', ')}
     FROM readiness_count WHERE lifecycle = 'OPERATING'`,
  )) as [Record<(typeof STATES)[number], number>];
  return STATES.map((state) => [state.toUpperCase(), row[state]]);
}
