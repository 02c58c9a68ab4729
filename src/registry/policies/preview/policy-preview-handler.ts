import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { JobHandler } from '../../../platform/queue/job';
import { JobQueue } from '../../../platform/queue/job-queue';
import { PolicyPreviewsService, PREVIEW_JOB } from './policy-previews.service';

/** Does a dry run over many systems. */
@Injectable()
export class PolicyPreviewHandler implements JobHandler<{ policyId: string }>, OnApplicationBootstrap {
  readonly job = PREVIEW_JOB;

  constructor(
    private readonly previews: PolicyPreviewsService,
    private readonly dataSource: DataSource,
    private readonly jobs: JobQueue,
  ) {}

  /** The queue only delivers: a dry run whose job was lost with the queue's store gets a new one. */
  async onApplicationBootstrap(): Promise<void> {
    const open = await this.dataSource.query<{ policyId: string }[]>(
      `SELECT policy_id AS "policyId" FROM policy_preview WHERE status IN ('QUEUED', 'RUNNING') ORDER BY policy_id`,
    );
    for (const { policyId } of open) await this.jobs.add(this.job, { policyId }, `policy-preview-${policyId}`);
  }

  async handle({ policyId }: { policyId: string }): Promise<void> {
    await this.previews.run(policyId);
  }
}
