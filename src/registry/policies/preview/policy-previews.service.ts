import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor } from '../../../access/actor';
import type { PolicyRules } from '../../../core/policy/rule';
import type { CivilDate } from '../../../core/time/civil-date';
import { localDate } from '../../../core/time/zone';
import { PolicyDryRun } from '../../../obligations/dry-run/policy-dry-run';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import type { JobName } from '../../../platform/queue/job';
import { JobQueue } from '../../../platform/queue/job-queue';
import { adoptionDay, lockDraft } from '../drafts';

export const PREVIEW_JOB: JobName = 'upkeep.policy-preview';

/** So many systems are assessed while the person waits. */
const AT_ONCE = 5_000;

/** So many workers may die over one dry run before it is given up. */
const MOST_ATTEMPTS = 5;

interface Claimed {
  organisationId: string;
  rules: PolicyRules;
  effectiveOn: CivilDate;
  requestedAt: Date;
  attempts: number;
}

/** Dry runs of drafts: at once where few systems are concerned, else by the worker. They change nothing but the row that tells of them. */
@Injectable()
export class PolicyPreviewsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly dryRun: PolicyDryRun,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Asks what a draft would change if it were adopted on a day, today when absent.
   * @returns whether it is known already; else the worker is at it.
   * @throws Problem 404, 403 or 409 as for an edit, 422 for a day that has gone by.
   */
  async request(actor: Actor, policyId: string, asked?: CivilDate | null): Promise<boolean> {
    const systems = await this.dataSource.transaction(async (m) => {
      const { organisationId, rowVersion } = await lockDraft(m, actor, policyId);
      const now = this.clock.now();
      const effectiveOn = adoptionDay(asked, localDate(now, this.config.TZ_DEFAULT));
      const total = await this.dryRun.countSystems(m, organisationId);
      await m.query(
        `INSERT INTO policy_preview (policy_id, status, row_version, effective_on, systems_total, requested_by_id, requested_at)
         VALUES ($1, 'QUEUED', $2, $3, $4, $5, $6)
         ON CONFLICT (policy_id) DO UPDATE SET status = 'QUEUED', row_version = $2, effective_on = $3, systems_total = $4,
           requested_by_id = $5, requested_at = $6, attempts = 0, systems_read = 0, effects = NULL, finished_at = NULL`,
        [policyId, rowVersion, effectiveOn, total, actor.userId, now],
      );
      return total;
    });
    if (systems <= AT_ONCE) await this.run(policyId);
    else await this.jobs.add(PREVIEW_JOB, { policyId }, `policy-preview-${policyId}`);
    return systems <= AT_ONCE;
  }

  /** Does the dry run that was asked for. One that comes again, or when another has been asked for meanwhile, leaves nothing. */
  async run(policyId: string): Promise<void> {
    const claimed = await this.claim(policyId);
    if (!claimed) return;
    const { requestedAt, attempts, ...proposal } = claimed;
    const mine = [policyId, requestedAt];
    if (attempts > MOST_ATTEMPTS) {
      await this.dataSource.query(
        `UPDATE policy_preview SET status = 'FAILED', finished_at = $3 WHERE policy_id = $1 AND requested_at = $2`,
        [...mine, this.clock.now()],
      );
      return;
    }
    const effects = await this.dryRun.run(proposal, async (read) => {
      await this.dataSource.query(
        'UPDATE policy_preview SET systems_read = $3 WHERE policy_id = $1 AND requested_at = $2',
        [...mine, read],
      );
    });
    await this.dataSource.query(
      `UPDATE policy_preview SET status = 'DONE', effects = $3, finished_at = $4
       WHERE policy_id = $1 AND requested_at = $2 AND status = 'RUNNING'`,
      [...mine, JSON.stringify(effects), this.clock.now()],
    );
  }

  private async claim(policyId: string): Promise<Claimed | undefined> {
    const [[claimed]] = await this.dataSource.query<[Claimed[], number]>(
      `UPDATE policy_preview v SET status = 'RUNNING', attempts = v.attempts + 1, row_version = p.row_version
       FROM policy p WHERE p.id = v.policy_id AND v.policy_id = $1 AND v.status IN ('QUEUED', 'RUNNING') AND p.status = 'DRAFT'
       RETURNING p.organisation_id AS "organisationId", p.rules, v.effective_on::text AS "effectiveOn",
         v.requested_at AS "requestedAt", v.attempts`,
      [policyId],
    );
    return claimed;
  }
}
