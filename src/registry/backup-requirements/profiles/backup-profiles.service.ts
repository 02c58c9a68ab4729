import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { requireNamedOrganisation } from '../../../access/references/organisation-reference';
import type { AuditAction } from '../../../audit/audit-actions';
import { AuditLog } from '../../../audit/audit-log';
import { formatMinutes } from '../../../core/time/duration';
import { localDate } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { rehearse } from '../../../platform/database/rehearse';
import { requireFresh } from '../../../platform/http/etag';
import { Problem } from '../../../platform/http/problem';
import { changedTerms, formerTerms, requireSound, type StoredTerms } from '../backup-terms';
import { BackupProfile } from './backup-profile.entity';
import type { ProfileEffectResponse } from './dto/profile-effect.response';
import { openProfile } from './open-profile';
import { ProfileEffects } from './profile-effects';
import { followProfile, leaveProfile, lockFollowers } from './profile-statements';

/** A new name, new terms, or both. */
export type ProfileEdit = Partial<StoredTerms> & { name?: string };

/** Named terms of backups. What changes in one changes in every requirement that follows it, in the same transaction (docs/adr/0033). */
@Injectable()
export class BackupProfilesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly effects: ProfileEffects,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Makes a profile. Returns its id. @throws Problem 409 when the organisation has one of this name, 422 as `requireSound`. */
  async create(
    actor: Actor,
    { organisationId, name, ...terms }: StoredTerms & { organisationId: string; name: string },
  ): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      await requireNamedOrganisation(m, actor, 'backup-profiles:write', organisationId, 'organisationId');
      requireSound(terms);
      const id = newId();
      const now = this.clock.now();
      const row = { id, organisationId, name, ...terms };
      await m.insert(BackupProfile, { ...row, copies: terms.copies as never, createdAt: now, updatedAt: now });
      await this.record(m, actor, 'backup_profile.created', row, null, { name, ...terms });
      return id;
    });
  }

  /**
   * Changes a profile and every requirement that follows it: these have to be approved again, and their reviews are open anew.
   * @throws Problem 412 when it has been changed since `version`, 409 when it is retired, 422 as `requireSound`.
   */
  async change(actor: Actor, id: string, version: number, edit: ProfileEdit): Promise<ProfileEffectResponse> {
    const effect = await this.dataSource.transaction((m) => this.write(m, actor, id, version, edit));
    return { ...effect, applied: true };
  }

  /** What `change` would do. It is done and taken back, so that both tell the same. @throws Problem as `change`, but for the version. */
  async preview(actor: Actor, id: string, edit: ProfileEdit): Promise<ProfileEffectResponse> {
    return rehearse(this.dataSource, (m) => this.write(m, actor, id, null, edit));
  }

  /**
   * Ends the use of a profile; where it came from stays on record with its requirements. Returns how many kept its terms as their own.
   * @throws Problem 409 BACKUP_PROFILE_IN_USE when requirements follow it and are not to be detached.
   */
  async retire(actor: Actor, id: string, version: number, detach: boolean): Promise<number> {
    return this.dataSource.transaction(async (m) => {
      const profile = await openProfile(m, actor, 'change', id);
      const followers = await lockFollowers(m, id);
      if (followers.length > 0 && !detach)
        throw new Problem(409, 'BACKUP_PROFILE_IN_USE', { params: { count: followers.length } });
      const now = this.clock.now();
      const retired = { retiredOn: this.today(), updatedAt: now, rowVersion: version + 1 };
      requireFresh(await m.update(BackupProfile, { id, rowVersion: version }, retired));
      await leaveProfile(
        m,
        followers.map((follower) => follower.id),
        now,
      );
      const facts = { retiredOn: retired.retiredOn, detached: followers.length };
      await this.record(m, actor, 'backup_profile.retired', profile, null, facts);
      return followers.length;
    });
  }

  private async write(
    m: EntityManager,
    actor: Actor,
    id: string,
    version: number | null,
    { name, ...edit }: ProfileEdit,
  ): Promise<ProfileEffectResponse> {
    const before = await openProfile(m, actor, 'change', id);
    if (version !== null && before.rowVersion !== version) throw new Problem(412, 'STALE');
    const terms = changedTerms(before, edit);
    const renamed = name !== undefined && name !== before.name;
    const after = { ...(renamed && { name }), ...terms };
    if (Object.keys(after).length === 0) return { applied: false, changes: [], items: [], more: 0 };
    requireSound({ ...before, ...terms });
    const at = this.clock.now();
    const written = { ...after, rowVersion: before.rowVersion + 1, updatedAt: at } as never;
    requireFresh(await m.update(BackupProfile, { id, rowVersion: before.rowVersion }, written));
    const old = { ...(renamed && { name: before.name }), ...formerTerms(before, terms) };
    await this.record(m, actor, 'backup_profile.changed', before, old, after);
    const followers = Object.keys(terms).length > 0 ? await lockFollowers(m, id) : [];
    const ids = followers.map((follower) => follower.id);
    const writing = { userId: actor.userId, at, on: this.today() };
    const effect = await this.effects.of(
      m,
      actor,
      followers.map((follower) => ({ ...follower, outcome: 'CHANGED' as const })),
      async () => {
        await followProfile(m, id, ids, writing);
        await this.effects.record(m, actor, 'backup_requirement.changed', ids, { ...old, backupProfileId: id }, terms);
      },
    );
    return { applied: false, changes: changesOf(old, after), ...effect };
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    { id, organisationId }: Pick<BackupProfile, 'id' | 'organisationId'>,
    before: Record<string, unknown> | null,
    after: object,
  ): Promise<void> {
    const entry = { action, recordType: 'backup_profile', recordId: id, organisationId, before };
    return this.audit.record(m, actor, { ...entry, after: { ...after } });
  }

  private today(): string {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }
}

/** What is said otherwise, by the fields of the API. */
function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): ProfileEffectResponse['changes'] {
  return Object.keys(after).map((term) => {
    const field = term.replace(/Minutes$/, '') as ProfileEffectResponse['changes'][number]['field'];
    const shown = (value: unknown) => (field === term ? value : formatMinutes(value as number));
    return { field, before: shown(before[term]), after: shown(after[term]) };
  });
}
