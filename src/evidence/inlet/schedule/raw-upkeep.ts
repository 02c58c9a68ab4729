import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import type { JobHandler, JobName } from '../../../platform/queue/job';

const DAY_MS = 24 * 3_600_000;
/** Rows in one statement, so that none holds others up. */
const BATCH = 1_000;

/** Once a night: bytes that have been kept for long enough go. What was read of them, and their digest, stay. */
@Injectable()
export class RawUpkeepHandler implements JobHandler {
  readonly job: JobName = 'upkeep.raw-payloads';

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async handle(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.RAW_DAYS * DAY_MS);
    for (;;) {
      const gone = await this.dataSource.query<unknown[]>(
        `WITH gone AS (DELETE FROM raw_payload WHERE sha256 IN (SELECT sha256 FROM raw_payload WHERE kept_at < $1 LIMIT ${BATCH})
           RETURNING sha256) SELECT sha256 FROM gone`,
        [before],
      );
      if (gone.length < BATCH) return;
    }
  }
}
