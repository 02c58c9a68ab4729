import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, In } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { accessToSystems } from '../../../access/scope/systems-access';
import { AuditLog } from '../../../audit/audit-log';
import { EvidenceIntake } from '../../../obligations/evidence-intake';
import type { StateChange } from '../../../obligations/obligation-ledger';
import { RuleTitles } from '../../../obligations/rule-titles';
import { Clock } from '../../../platform/clock/clock';
import { Problem } from '../../../platform/http/problem';
import { message } from '../../../platform/messages/messages';
import { BackupRequirement } from '../backup-requirement.entity';
import type { BackedUpSystemResponse } from '../dto/backup-requirement.response';
import { approvalOf, notToApprove } from './approval';
import type { SeenRequirement } from './dto/approve-many.request';
import type { ApprovalRefusal, ApproveManyResponse } from './dto/approve-many.response';

interface Looked {
  requirement: BackupRequirement;
  refusal: ApprovalRefusal['code'] | null;
}
type NamedSystem = BackedUpSystemResponse & { organisationId: string };

/** Approves many waiting requirements in one transaction: those that may be, and the others are told with the reason. */
@Injectable()
export class ApproveManyService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly intake: EvidenceIntake,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
  ) {}

  /**
   * Each is approved as if it were approved by itself; what may not be is left as it is and told, in the order of the request.
   * @throws Problem 422 naming the requirements that are not there or not to be seen; nothing is approved then.
   */
  async approve(actor: Actor, seen: readonly SeenRequirement[], comment: string | null): Promise<ApproveManyResponse> {
    return this.dataSource.transaction(async (m) => {
      const looked = await this.look(m, actor, seen);
      const systems = await namesOf(m, looked);
      const good = looked.filter(({ refusal }) => refusal === null).map(({ requirement }) => requirement);
      const changes = await this.write(m, actor, good, systems, comment);
      const affected = await this.titles.affected(m, changes, actor.locale);
      const items = looked.map(({ requirement: { id, dataset, systemId }, refusal }) => {
        const { organisationId: _organisation, ...system } = systems.get(systemId) as NamedSystem;
        return {
          ...{ id, dataset, system },
          refusal: refusal && { code: refusal, message: message(actor.locale, `problem.${refusal}`) },
          affected: affected.filter((_, index) => changes[index]?.dutyOf === id),
        };
      });
      return { approved: good.length, refused: looked.length - good.length, items };
    });
  }

  /** The requirements, locked in the order of their ids, with what speaks against approving each. */
  private async look(m: EntityManager, actor: Actor, seen: readonly SeenRequirement[]): Promise<Looked[]> {
    const rows = await m.find(BackupRequirement, {
      where: { id: In(seen.map(({ id }) => id)) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    const systemIds = [...new Set(rows.map(({ systemId }) => systemId))];
    const access = await accessToSystems(m, actor, 'backups:approve', systemIds);
    const known = new Map(rows.filter(({ systemId }) => access.has(systemId)).map((row) => [row.id, row]));
    const errors = seen.flatMap(({ id }, index) =>
      known.has(id) ? [] : [{ field: `requirements[${index}].id`, code: 'NOT_FOUND' }],
    );
    if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
    return seen.map(({ id, version }) => {
      const requirement = known.get(id) as BackupRequirement;
      return { requirement, refusal: refusalOf(actor, requirement, version, access.get(requirement.systemId)) };
    });
  }

  private async write(
    m: EntityManager,
    actor: Actor,
    requirements: readonly BackupRequirement[],
    systems: ReadonlyMap<string, NamedSystem>,
    comment: string | null,
  ): Promise<StateChange[]> {
    if (requirements.length === 0) return [];
    const now = this.clock.now();
    // The rows are locked and their versions have been compared.
    await m.query(
      `UPDATE backup_requirement SET status = 'APPROVED', approved_by_id = $2, approved_at = $3, updated_at = $3,
         row_version = row_version + 1 WHERE id = ANY($1::uuid[])`,
      [requirements.map(({ id }) => id), actor.userId, now],
    );
    const approvals = requirements.map((requirement) => ({
      ...approvalOf(actor, requirement, comment, now),
      recordId: requirement.id,
      organisationId: systems.get(requirement.systemId)?.organisationId ?? null,
    }));
    await this.audit.record(
      m,
      actor,
      ...approvals.map(({ facts: after, recordId, organisationId }) => ({
        ...{ action: 'backup_requirement.approved' as const, recordType: 'backup_requirement' },
        ...{ recordId, organisationId, after },
      })),
    );
    const { changes } = await this.intake.take(
      m,
      approvals.map(({ proof }) => proof),
    );
    return changes;
  }
}

function refusalOf(
  actor: Actor,
  requirement: BackupRequirement,
  version: number,
  allowed: boolean | undefined,
): ApprovalRefusal['code'] | null {
  if (!allowed) return 'NOT_ALLOWED';
  if (requirement.withdrawnOn) return 'BACKUP_REQUIREMENT_WITHDRAWN';
  return notToApprove(actor, requirement) ?? (requirement.rowVersion === version ? null : 'STALE');
}

async function namesOf(m: EntityManager, looked: readonly Looked[]): Promise<Map<string, NamedSystem>> {
  const rows = await m.query<NamedSystem[]>(
    `SELECT id, code, name, name_en AS "nameEn", tier, organisation_id AS "organisationId" FROM system WHERE id = ANY($1::uuid[])`,
    [looked.map(({ requirement }) => requirement.systemId)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
