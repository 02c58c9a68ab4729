import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import type { Permission } from '../../../access/permissions';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { AuditLog } from '../../../audit/audit-log';
import { localDate } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { rehearse } from '../../../platform/database/rehearse';
import { type FieldProblem, Problem } from '../../../platform/http/problem';
import type { BackupProfile } from './backup-profile.entity';
import type { ProfileEffectResponse } from './dto/profile-effect.response';
import { openProfile } from './open-profile';
import { ProfileEffects, type Touched } from './profile-effects';
import { declareFromProfile, followProfile } from './profile-statements';

/** To which systems a profile is attached, for which of their data. */
export interface Attachment {
  systemIds: readonly string[];
  dataset: string;
  /** Whether their requirements for the same data take on the terms of the profile. */
  replace: boolean;
}

interface Target {
  id: string;
  writable: boolean;
  retired: boolean;
  below: boolean;
  requirementId: string | null;
  follows: boolean;
}

/** Attaches a profile to many systems at once. */
@Injectable()
export class AttachProfileService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly effects: ProfileEffects,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Declares a requirement of the profile for each of the systems; those that have one for these data are left alone or take it on.
   * @param keep false: it is done and taken back, to tell what it would do.
   * @throws Problem 404 for the profile, 409 when it is retired; 403 when a system can only be seen; 422 naming the systems that are not to be seen,
   *   are not below the organisation of the profile, or are retired.
   */
  async attach(actor: Actor, id: string, attachment: Attachment, keep: boolean): Promise<ProfileEffectResponse> {
    const work = (m: EntityManager): Promise<ProfileEffectResponse> => this.write(m, actor, id, attachment);
    if (!keep) return rehearse(this.dataSource, work);
    return { ...(await this.dataSource.transaction(work)), applied: true };
  }

  private async write(
    m: EntityManager,
    actor: Actor,
    id: string,
    attachment: Attachment,
  ): Promise<ProfileEffectResponse> {
    const { systemIds, dataset, replace } = attachment;
    const profile = await openProfile(m, actor, 'use', id);
    const targets = await this.targets(m, actor, profile, systemIds, dataset);
    const touched = targets.map((target): Touched => ({
      id: target.requirementId ?? newId(),
      systemId: target.id,
      outcome: target.requirementId === null ? 'NEW' : target.follows ? 'ALREADY' : replace ? 'CHANGED' : 'KEPT',
    }));
    const at = this.clock.now();
    const writing = { userId: actor.userId, at, on: localDate(at, this.config.TZ_DEFAULT) };
    const idsOf = (outcome: Touched['outcome']): string[] =>
      touched.filter((one) => one.outcome === outcome).map((one) => one.id);
    const effect = await this.effects.of(m, actor, touched, async () => {
      await declareFromProfile(
        m,
        id,
        dataset,
        touched.filter(({ outcome }) => outcome === 'NEW'),
        writing,
      );
      await followProfile(m, id, idsOf('CHANGED'), writing);
      const from = { backupProfileId: id };
      await this.effects.record(m, actor, 'backup_requirement.declared', idsOf('NEW'), null, { dataset, ...from });
      await this.effects.record(m, actor, 'backup_requirement.changed', idsOf('CHANGED'), null, from);
    });
    await this.audit.record(m, actor, {
      ...{ action: 'backup_profile.attached', recordType: 'backup_profile', recordId: id },
      organisationId: profile.organisationId,
      after: { dataset, declared: idsOf('NEW').length, changed: idsOf('CHANGED').length },
    });
    return { applied: false, changes: [], ...effect };
  }

  private async targets(
    m: EntityManager,
    actor: Actor,
    profile: BackupProfile,
    systemIds: readonly string[],
    dataset: string,
  ): Promise<Target[]> {
    const parameters = new SqlParameters();
    const within = (permission: Permission): string =>
      scopeCondition(scopeOf(actor, permission), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
    const profileId = parameters.bind(profile.id);
    const found = await m.query<Target[]>(
      `SELECT s.id, ${within('backups:write')} AS writable, s.lifecycle = 'RETIRED' AS retired,
         EXISTS (SELECT FROM organisation_closure c WHERE c.ancestor_id = ${parameters.bind(profile.organisationId)}
           AND c.organisation_id = s.organisation_id) AS below,
         b.id AS "requirementId", coalesce(b.follows_profile AND b.profile_id = ${profileId}, false) AS follows
       FROM system s LEFT JOIN backup_requirement b
         ON b.system_id = s.id AND b.dataset = ${parameters.bind(dataset)} AND b.withdrawn_on IS NULL
       WHERE s.id = ANY(${parameters.bind(systemIds)}::uuid[]) AND ${within('systems:read')} ORDER BY s.id`,
      parameters.values,
    );
    const known = new Map(found.map((target) => [target.id, target]));
    const errors = systemIds.flatMap((systemId, index): FieldProblem[] => {
      const target = known.get(systemId);
      const code = !target ? 'NOT_FOUND' : !target.below ? 'OUTSIDE_PROFILE' : target.retired ? 'SYSTEM_RETIRED' : null;
      return code ? [{ field: `systemIds[${index}]`, code }] : [];
    });
    if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
    if (found.some(({ writable }) => !writable))
      throw new Problem(403, 'NOT_ALLOWED', { params: { permission: 'backups:write' } });
    return found;
  }
}
