import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { JobHandler, JobName } from '../../platform/queue/job';
import { JobQueue } from '../../platform/queue/job-queue';
import { SystemsImport } from './run/systems-import';

export const IMPORT_JOB: JobName = 'imports.systems';

/** Imports one uploaded register. */
@Injectable()
export class ImportHandler implements JobHandler<{ importId: string }>, OnApplicationBootstrap {
  readonly job = IMPORT_JOB;

  constructor(
    private readonly systemsImport: SystemsImport,
    private readonly dataSource: DataSource,
    private readonly jobs: JobQueue,
  ) {}

  /** The queue only delivers: an import whose job was lost with the queue's store gets a new one. */
  async onApplicationBootstrap(): Promise<void> {
    const open = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM import_run WHERE status IN ('QUEUED', 'RUNNING') ORDER BY id`,
    );
    for (const { id } of open) await this.jobs.add(this.job, { importId: id }, `import-${id}`);
  }

  async handle({ importId }: { importId: string }): Promise<void> {
    await this.systemsImport.run(importId);
  }
}
