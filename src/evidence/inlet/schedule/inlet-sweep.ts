import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import { Heartbeats } from '../../../platform/health/heartbeats';
import type { JobHandler, JobName } from '../../../platform/queue/job';
import type { Inlet } from '../inlet.entity';
import { standing } from '../receiving/inlet-progress';
import { INLET_ROW } from './inlet-judgement';
import { InletNotices } from './inlet-notices';
import { STANDING, updateInlets } from './standing-columns';

const BATCH = 500;
/** A bound on one run; what is left is taken by the next, seconds later. */
const BATCHES_PER_RUN = 200;

const DUE = `
  SELECT id, ${INLET_ROW}
  FROM inlet WHERE attention_at <= $1 AND revoked_at IS NULL ORDER BY attention_at, id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED`;

/** Notices silence: an inlet that nothing came in at shows so at the minute, without anybody asking. */
@Injectable()
export class InletSweep {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Judges every inlet whose `attentionAt` has come, a batch per transaction. Returns how many. */
  async run(): Promise<number> {
    let judged = 0;
    for (let round = 0; round < BATCHES_PER_RUN; round += 1) {
      const batch = await this.batch();
      judged += batch;
      if (batch < BATCH) break;
    }
    return judged;
  }

  private batch(): Promise<number> {
    return this.dataSource.transaction(async (m) => {
      const now = this.clock.now();
      const due = await m.query<Inlet[]>(DUE, [now]);
      if (due.length === 0) return 0;
      await updateInlets(
        m,
        due.map((inlet) => ({ id: inlet.id, ...standing(inlet, now) })),
        STANDING,
      );
      return due.length;
    });
  }
}

/** Every few seconds: what silence changes, and who is to be told of it. */
@Injectable()
export class InletSweepHandler implements JobHandler {
  readonly job: JobName = 'obligations.inlets';

  constructor(
    private readonly sweep: InletSweep,
    private readonly notices: InletNotices,
    private readonly heartbeats: Heartbeats,
  ) {}

  async handle(): Promise<void> {
    await this.heartbeats.around('inlets', async () => {
      await this.sweep.run();
      await this.notices.run();
    });
  }
}
