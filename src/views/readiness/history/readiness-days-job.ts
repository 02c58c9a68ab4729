import { Injectable } from '@nestjs/common';
import { JobHandler, JobName } from '../../../platform/queue/job';
import { ReadinessDays } from './readiness-days';

/** Every ten minutes: today once it is late, and what was missed. The zone of the day is the installation's, which a schedule cannot name. */
@Injectable()
export class ReadinessDaysHandler implements JobHandler {
  readonly job: JobName = 'upkeep.readiness-days';

  constructor(private readonly days: ReadinessDays) {}

  async handle(): Promise<void> {
    await this.days.run();
  }
}
