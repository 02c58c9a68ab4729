import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Heartbeats } from '../../platform/health/heartbeats';
import { JobHandler, JobName } from '../../platform/queue/job';
import { JobQueue } from '../../platform/queue/job-queue';
import { DigestFormer } from '../outbox/digest/digest-former';
import { MailDelivery } from '../outbox/mail-delivery';
import { ReminderSweep } from './reminder-sweep';

const DELIVERIES_PER_SWEEP = 1_000;
const SWEEP_LOCK = 7_266_301;

/**
 * Every few seconds: notices that are due become ledger rows, rows become one digest a person and day, digests become delivery jobs. Only one
 * sweep at a time in the whole installation, or an owner would get a digest that misses what another worker is still writing.
 */
@Injectable()
export class SweepHandler implements JobHandler {
  readonly job: JobName = 'reminders.sweep';

  constructor(
    private readonly dataSource: DataSource,
    private readonly sweep: ReminderSweep,
    private readonly digests: DigestFormer,
    private readonly delivery: MailDelivery,
    private readonly jobs: JobQueue,
    private readonly heartbeats: Heartbeats,
  ) {}

  async handle(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [lock] = await runner.query('SELECT pg_try_advisory_lock($1) AS taken', [SWEEP_LOCK]);
      if (!lock.taken) return;
      try {
        await this.heartbeats.around('sweep', () => this.run());
      } finally {
        await runner.query('SELECT pg_advisory_unlock($1)', [SWEEP_LOCK]);
      }
    } finally {
      await runner.release();
    }
  }

  private async run(): Promise<void> {
    await this.digests.prompt();
    if (await this.sweep.run()) await this.digests.run();
    for (const mailId of await this.delivery.due(DELIVERIES_PER_SWEEP))
      await this.jobs.add('delivery.digest', { mailId }, `mail-${mailId}`);
  }
}

@Injectable()
export class DigestHandler implements JobHandler<{ mailId: string }> {
  readonly job: JobName = 'delivery.digest';

  constructor(private readonly delivery: MailDelivery) {}

  async handle({ mailId }: { mailId: string }): Promise<void> {
    await this.delivery.deliver(mailId);
  }
}
