import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock';
import { JobHandler, JobName } from '../../platform/queue/job';
import { PLACE_KNOWN_MS } from './sign-in-throttle';

const DAY_MS = 24 * 3_600_000;

/** Once a night: expired sessions, old failures to sign in, counts that have run out and remembered answers of yesterday go. */
@Injectable()
export class UpkeepHandler implements JobHandler {
  readonly job: JobName = 'upkeep.nightly';

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async handle(): Promise<void> {
    const now = this.clock.now();
    await this.dataSource.query('DELETE FROM user_session WHERE expires_at < $1', [now]);
    await this.dataSource.query('DELETE FROM passkey_challenge WHERE expires_at < $1', [now]);
    await this.dataSource.query('DELETE FROM oidc_attempt WHERE expires_at < $1', [now]);
    await this.dataSource.query('DELETE FROM oidc_used_logout_token WHERE expires_at < $1', [now]);
    await this.dataSource.query('DELETE FROM sign_in_attempt WHERE at < $1', [new Date(now.getTime() - DAY_MS)]);
    await this.dataSource.query('DELETE FROM sign_in_place WHERE at < $1', [new Date(now.getTime() - PLACE_KNOWN_MS)]);
    await this.dataSource.query('DELETE FROM rate_limit_count WHERE expire < $1', [now.getTime()]);
    await this.dataSource.query('DELETE FROM idempotency_key WHERE created_at < $1', [
      new Date(now.getTime() - DAY_MS),
    ]);
  }
}
