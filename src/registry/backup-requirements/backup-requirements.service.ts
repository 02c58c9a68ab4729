import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { requireSystem } from '../../access/scope/system-access';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import { localDate } from '../../core/time/zone';
import { ObligationLedger } from '../../obligations/obligation-ledger';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { requireFresh } from '../../platform/http/etag';
import { Problem } from '../../platform/http/problem';
import { openRequirement } from './open-requirement';
import { BackupRequirement } from './backup-requirement.entity';
import { changedTerms, followsTerms, formerTerms, requireSound, StoredTerms } from './backup-terms';
import { usableProfile } from './usable-profile';

/** What an approver approves. */
export type BackupRequirementContent = StoredTerms & Pick<BackupRequirement, 'dataset'>;

/** The same with the profile that it was written from, whose terms it follows as long as they are the same. */
export type NewBackupRequirement = BackupRequirementContent & { profileId: string | null };

/** The declaration of backup requirements. A declared one is owed backups at once, and counts as declared once it is approved. */
@Injectable()
export class BackupRequirementsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Declares a requirement as a draft. Returns its id. @throws Problem 409 when the data have one, 422 as `requireSound`, or for a profile not to be used there. */
  async create(actor: Actor, systemId: string, { profileId, ...content }: NewBackupRequirement): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId } = await requireSystem(m, actor, 'backups:write', systemId);
      requireSound(content);
      const profile = profileId === null ? null : await usableProfile(m, profileId, organisationId);
      const followsProfile = profile !== null && followsTerms(content, profile);
      const id = newId();
      const now = this.clock.now();
      await m.insert(BackupRequirement, {
        id,
        systemId,
        ...content,
        ...{ profileId, followsProfile },
        status: 'DRAFT',
        authorId: actor.userId,
        writerIds: [actor.userId],
        declaredOn: this.today(),
        createdAt: now,
        updatedAt: now,
      });
      await this.record(m, actor, 'backup_requirement.declared', id, organisationId, null, {
        ...{ systemId, ...content, ...(profile && { backupProfileId: profileId, followsProfile }) },
      });
      await this.ledger.refresh(m, [systemId]);
      return id;
    });
  }

  /**
   * Changes a requirement; an approved one has to be approved again, and one that follows a profile has terms of its own from then on.
   * @throws Problem 412 when it has been changed since `version`, 409 when it is withdrawn, 422 as `create`.
   */
  async edit(actor: Actor, id: string, version: number, edit: Partial<BackupRequirementContent>): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { requirement: before, system } = await openRequirement(m, actor, 'backups:write', id);
      if (before.rowVersion !== version) throw new Problem(412, 'STALE');
      const renamed = edit.dataset !== undefined && edit.dataset !== before.dataset;
      const terms = changedTerms(before, edit);
      const after = { ...(renamed && { dataset: edit.dataset }), ...terms };
      if (Object.keys(after).length === 0) return;
      requireSound({ ...before, ...after });
      const detached = Object.keys(terms).length > 0 && before.followsProfile ? { followsProfile: false } : {};
      const wasApproved = before.status === 'APPROVED' || before.changedOn !== null;
      await this.write(m, before, {
        ...after,
        ...detached,
        status: 'DRAFT',
        authorId: actor.userId,
        writerIds: [...new Set([...(before.status === 'DRAFT' ? before.writerIds : []), actor.userId])],
        approvedById: null,
        approvedAt: null,
        changedOn: wasApproved ? this.today() : null,
      });
      const old = { ...(renamed && { dataset: before.dataset }), ...formerTerms(before, terms) };
      await this.record(m, actor, 'backup_requirement.changed', id, system.organisationId, old, {
        ...{ ...after, ...detached },
      });
      await this.ledger.refresh(m, [system.id]);
    });
  }

  /** Lets a requirement keep its terms as its own when its profile changes. @throws Problem 409 when they are its own already. */
  async detach(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { requirement, system } = await openRequirement(m, actor, 'backups:write', id);
      if (!requirement.followsProfile) throw new Problem(409, 'BACKUP_TERMS_OWN');
      await this.write(m, requirement, { followsProfile: false });
      const facts = { backupProfileId: requirement.profileId, followsProfile: false };
      await this.record(m, actor, 'backup_requirement.detached', id, system.organisationId, null, facts);
    });
  }

  /** Withdraws a requirement: nothing is owed for it any more. */
  async withdraw(actor: Actor, id: string, reason: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { requirement, system } = await openRequirement(m, actor, 'backups:write', id);
      const withdrawnOn = this.today();
      await this.write(m, requirement, { withdrawnOn });
      const facts = { withdrawnOn, reason };
      await this.record(m, actor, 'backup_requirement.withdrawn', id, system.organisationId, null, facts);
      await this.ledger.refresh(m, [system.id]);
    });
  }

  private async write(
    m: EntityManager,
    { id, rowVersion }: BackupRequirement,
    fields: Partial<BackupRequirement>,
  ): Promise<void> {
    const written = { ...fields, rowVersion: rowVersion + 1, updatedAt: this.clock.now() };
    requireFresh(await m.update(BackupRequirement, { id, rowVersion }, written));
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    organisationId: string,
    before: Record<string, unknown> | null,
    after: Record<string, unknown>,
  ): Promise<void> {
    const record = { action, recordType: 'backup_requirement', recordId, organisationId };
    return this.audit.record(m, actor, { ...record, before, after });
  }

  private today(): string {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }
}
