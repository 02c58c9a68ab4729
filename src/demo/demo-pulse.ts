import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EvidenceIntake } from '../obligations/evidence-intake';
import { Clock } from '../platform/clock/clock';
import { DEMO_SETTING } from '../platform/database/setting.entity';
import { JobHandler, JobName } from '../platform/queue/job';
import { DemoTools } from './demo-tools';

/**
 * Plays the backup tools of the demo: those that are connected report their nights, and a requirement whose story is that backups run well gets a new recovery point when half of its objective
 * has passed. Without it every demo system would turn red within the hour. Does nothing where there is no demo data.
 */
@Injectable()
export class DemoPulseHandler implements JobHandler {
  readonly job: JobName = 'upkeep.demo-pulse';

  constructor(
    private readonly dataSource: DataSource,
    private readonly intake: EvidenceIntake,
    private readonly tools: DemoTools,
    private readonly clock: Clock,
  ) {}

  async handle(): Promise<void> {
    await this.tools.keepReporting();
    await this.renew();
  }

  private async renew(): Promise<void> {
    const now = this.clock.now();
    const due = await this.dataSource.query<{ id: string; systemId: string; performerId: string }[]>(
      `SELECT b.id, b.system_id AS "systemId", b.author_id AS "performerId"
       FROM setting d JOIN backup_requirement b ON d.value->'renewedRequirementIds' ? b.id::text
       WHERE d.name = $1 AND b.withdrawn_on IS NULL AND NOT EXISTS (SELECT FROM evidence e
         WHERE e.backup_requirement_id = b.id AND e.kind = 'BACKUP'
           AND e.recovery_point_at > $2::timestamptz - make_interval(mins => b.rpo_minutes / 2))`,
      [DEMO_SETTING, now],
    );
    if (due.length === 0) return;
    await this.dataSource.transaction((m) =>
      this.intake.take(
        m,
        due.map(({ id, systemId, performerId }) => ({
          systemId,
          backupRequirementId: id,
          kind: 'BACKUP',
          outcome: 'PASSED',
          strength: 'COMPLETED',
          performedAt: now,
          recoveryPointAt: now,
          tool: 'pgBackRest',
          source: 'MANUAL',
          performerId,
        })),
      ),
    );
  }
}
