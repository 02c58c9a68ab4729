import { Injectable } from '@nestjs/common';
import type { JobHandler, JobName } from '../../../platform/queue/job';
import { RunSweep } from './run-sweep';

/**
 * At the planned start of a drill: its run is open within a moment, and not at the next sweep. It opens whatever is due, so it may come twice, or for a
 * drill that was moved or called off.
 */
@Injectable()
export class RunStart implements JobHandler {
  readonly job: JobName = 'reminders.drill-start';

  constructor(private readonly sweep: RunSweep) {}

  async handle(): Promise<void> {
    await this.sweep.openNow();
  }
}
