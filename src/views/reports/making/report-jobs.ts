import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { JobHandler, type JobName } from '../../../platform/queue/job';
import { JobQueue } from '../../../platform/queue/job-queue';
import { ReportMaker } from './report-maker';
import { REPORT_JOB, ScheduledReports } from './scheduled-reports';

/** Makes one report. */
@Injectable()
export class ReportHandler implements JobHandler<{ reportId: string }>, OnApplicationBootstrap {
  readonly job = REPORT_JOB;

  constructor(
    private readonly maker: ReportMaker,
    private readonly dataSource: DataSource,
    private readonly jobs: JobQueue,
  ) {}

  /** The queue only delivers: a report whose job was lost with the queue's store gets a new one. */
  async onApplicationBootstrap(): Promise<void> {
    const open = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM report WHERE status IN ('QUEUED', 'RUNNING') ORDER BY id`,
    );
    for (const { id } of open) await this.jobs.add(this.job, { reportId: id }, `report-${id}`);
  }

  async handle({ reportId }: { reportId: string }): Promise<void> {
    await this.maker.run(reportId);
  }
}

/** Every ten minutes: the reports of the periods that have ended. The zone of the day is the installation's, which a schedule cannot name. */
@Injectable()
export class ScheduledReportsHandler implements JobHandler {
  readonly job: JobName = 'upkeep.reports';

  constructor(private readonly scheduled: ScheduledReports) {}

  async handle(): Promise<void> {
    await this.scheduled.run();
  }
}
