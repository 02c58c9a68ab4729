import { Injectable } from '@nestjs/common';
import { JobQueue } from '../../platform/queue/job-queue';

/** Asks the worker to assess every system below an organisation anew, after the change has been committed. */
@Injectable()
export class RefreshQueue {
  constructor(private readonly jobs: JobQueue) {}

  async enqueue(organisationId: string): Promise<void> {
    await this.jobs.add('obligations.refresh', { organisationId });
  }
}
