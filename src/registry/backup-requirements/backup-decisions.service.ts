import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import { Outcome } from '../../core/evidence/evidence';
import { performedAt } from '../../core/evidence/performed-at';
import { AffectedObligation } from '../../obligations/dto/affected.response';
import { EvidenceIntake, NewEvidence } from '../../obligations/evidence-intake';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { requireFresh } from '../../platform/http/etag';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { approvalOf, notToApprove } from './approving/approval';
import { BackupRequirement } from './backup-requirement.entity';
import { openRequirement } from './open-requirement';

interface Review {
  performedOn: string;
  outcome: Outcome;
  note: string | null;
}

/** What approvers and reviewers decide on backup requirements; approval and review are proof. */
@Injectable()
export class BackupDecisionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly intake: EvidenceIntake,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Approves a draft with the copies that it names.
   * @param version the one that was read, or undefined when the caller does not say.
   * @throws Problem 409 OWN_REQUEST for who has written it since it was last approved, 412 when it has been changed since `version`.
   */
  async approve(
    actor: Actor,
    id: string,
    comment: string | null,
    version: number | undefined,
  ): Promise<AffectedObligation[]> {
    return this.dataSource.transaction(async (m) => {
      const { requirement, system } = await openRequirement(m, actor, 'backups:approve', id);
      const refusal = notToApprove(actor, requirement);
      if (refusal) throw new Problem(409, refusal);
      const now = this.clock.now();
      const approval = { status: 'APPROVED' as const, approvedById: actor.userId, approvedAt: now, updatedAt: now };
      const rowVersion = version ?? requirement.rowVersion;
      requireFresh(await m.update(BackupRequirement, { id, rowVersion }, { ...approval, rowVersion: rowVersion + 1 }));
      const { proof, facts } = approvalOf(actor, requirement, comment, now);
      await this.record(m, actor, 'backup_requirement.approved', id, system.organisationId, facts);
      return this.prove(m, actor, proof);
    });
  }

  /** Records that an approved requirement was reviewed. @throws Problem 409 before its approval, 422 for a day still to come. */
  async review(actor: Actor, id: string, review: Review): Promise<AffectedObligation[]> {
    return this.dataSource.transaction(async (m) => {
      const { requirement, system } = await openRequirement(m, actor, 'evidence:write', id);
      if (requirement.status !== 'APPROVED') throw new Problem(409, 'BACKUP_REQUIREMENT_NOT_APPROVED');
      const at = performedAt(review.performedOn, this.clock.now(), this.config.TZ_DEFAULT);
      if (!at) throw fieldProblem(422, 'performedOn', 'IN_THE_FUTURE');
      await this.record(m, actor, 'backup_requirement.reviewed', id, system.organisationId, { ...review });
      const { outcome, note } = review;
      return this.prove(m, actor, {
        ...{ systemId: requirement.systemId, backupRequirementId: id, subject: 'BACKUP_REQUIREMENT' },
        ...{ strength: 'DECLARED', performerId: actor.userId, source: 'WORKFLOW' },
        ...{ kind: 'REVIEW', outcome, performedAt: at, note },
      });
    });
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    organisationId: string,
    after: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(m, actor, { action, recordType: 'backup_requirement', recordId, organisationId, after });
  }

  private async prove(m: EntityManager, actor: Actor, proof: NewEvidence): Promise<AffectedObligation[]> {
    const { changes } = await this.intake.take(m, [proof]);
    return this.titles.affected(m, changes, actor.locale);
  }
}
