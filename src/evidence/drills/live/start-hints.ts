import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { JobQueue } from '../../../platform/queue/job-queue';

/** Has runs opened at their very time. */
@Injectable()
export class StartHints {
  private readonly logger = new Logger(StartHints.name);

  constructor(
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** Once the plan is stored. Where the queue cannot take it, or forgets it, the sweep opens the run seconds later. */
  async startsAt(at: Date): Promise<void> {
    const wait = at.getTime() - this.clock.now().getTime();
    await this.jobs
      .addLater('reminders.drill-start', {}, wait)
      .catch((error: Error) => this.logger.warn(`a drill opens with the next sweep: ${error.message}`));
  }
}
