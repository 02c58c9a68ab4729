import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Heartbeats } from '../../platform/health/heartbeats';
import { JobHandler, JobName } from '../../platform/queue/job';
import { ObligationLedger } from '../obligation-ledger';
import { FreshVerdicts } from './fresh-verdicts';
import { ObligationTick } from './obligation-tick';

/** Every few seconds: what time alone changes. */
@Injectable()
export class TickHandler implements JobHandler {
  readonly job: JobName = 'obligations.tick';

  constructor(
    private readonly tick: ObligationTick,
    private readonly fresh: FreshVerdicts,
    private readonly heartbeats: Heartbeats,
  ) {}

  async handle(): Promise<void> {
    await this.heartbeats.around('tick', async () => {
      // What an HTTP process that has ended did not come to judge.
      await this.fresh.run();
      await this.tick.run();
    });
  }
}

/** After a change that touches many systems, such as a published policy. */
@Injectable()
export class RefreshHandler implements JobHandler<{ organisationId: string | null }> {
  readonly job: JobName = 'obligations.refresh';

  constructor(
    private readonly ledger: ObligationLedger,
    private readonly dataSource: DataSource,
  ) {}

  async handle({ organisationId }: { organisationId: string | null }): Promise<void> {
    await this.ledger.refreshAll(this.dataSource.manager, organisationId);
  }
}

/** Once a night everything is assessed anew: whatever a lost job or an edited table left behind is put right. */
@Injectable()
export class ReconcileHandler implements JobHandler {
  readonly job: JobName = 'upkeep.reconcile';

  constructor(
    private readonly ledger: ObligationLedger,
    private readonly dataSource: DataSource,
    private readonly heartbeats: Heartbeats,
  ) {}

  async handle(): Promise<void> {
    await this.heartbeats.around('reconcile', () => this.ledger.refreshAll(this.dataSource.manager));
  }
}
