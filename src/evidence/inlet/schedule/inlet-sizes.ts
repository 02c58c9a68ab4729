import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import type { JobHandler, JobName } from '../../../platform/queue/job';
import type { Inlet } from '../inlet.entity';
import { standing } from '../receiving/inlet-progress';
import { type SizedRow, sizeFindings } from '../runs/findings';
import { NEWEST_SIZES } from '../runs/sizes-sql';
import { INLET_ROW } from './inlet-judgement';
import { STANDING, updateInlets } from './standing-columns';

const BATCH = 200;
/** A bound on one run; what is left is taken by the next, a minute later. */
const BATCHES_PER_RUN = 500;

const CLAIM = `
  SELECT id, ${INLET_ROW} FROM inlet WHERE last_good_at IS DISTINCT FROM sized_run_at AND revoked_at IS NULL
  ORDER BY last_good_at, id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED`;

const RUNS = `
  SELECT i.id AS "inletId", run.* FROM inlet i CROSS JOIN LATERAL (${NEWEST_SIZES}) run WHERE i.id = ANY($1::uuid[])
  ORDER BY i.id, run."performedAt" DESC, run.id DESC`;

/**
 * Looks at the sizes of backups that have come in since the last time: one that is far from those before it is a state of its inlet, which people are told of. Beside the
 * messages and not with each: it would cost every one of them what one in thousands needs.
 */
@Injectable()
export class InletSizes {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Judges every inlet with a run that has not been looked at, a batch per transaction. Returns how many. */
  async run(): Promise<number> {
    let judged = 0;
    for (let round = 0; round < BATCHES_PER_RUN; round += 1) {
      const batch = await this.dataSource.transaction((m) => this.batch(m));
      judged += batch;
      if (batch < BATCH) break;
    }
    return judged;
  }

  private async batch(m: EntityManager): Promise<number> {
    const claimed = await m.query<Inlet[]>(CLAIM);
    if (claimed.length === 0) return 0;
    const now = this.clock.now();
    const runsOf = new Map<string | null, SizedRow[]>(claimed.map(({ id }) => [id, []]));
    for (const run of await m.query<SizedRow[]>(RUNS, [[...runsOf.keys()]])) runsOf.get(run.inletId)?.push(run);
    const rows = claimed.map((inlet) => {
      const [unusual = null] = sizeFindings(runsOf.get(inlet.id) ?? []);
      return { id: inlet.id, unusual, sizedRunAt: inlet.lastGoodAt, ...standing({ ...inlet, unusual }, now) };
    });
    await updateInlets(m, rows, { ...STANDING, unusual: 'jsonb', sizedRunAt: 'timestamptz' });
    return claimed.length;
  }
}

/** Every minute: backups out of the ordinary. Who is to be told of them the next sweep tells. */
@Injectable()
export class InletSizesHandler implements JobHandler {
  readonly job: JobName = 'obligations.inlet-sizes';

  constructor(private readonly sizes: InletSizes) {}

  async handle(): Promise<void> {
    await this.sizes.run();
  }
}
