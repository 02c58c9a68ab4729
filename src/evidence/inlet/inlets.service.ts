import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Actor } from '../../access/actor';
import type { AccessedSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { firstSecret, rotated } from '../../access/secrets/rotation';
import { newSecret } from '../../access/secrets/secret';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { canonicalJson } from '../../platform/database/canonical-json';
import { newId } from '../../platform/database/id';
import { requireFresh } from '../../platform/http/etag';
import { type FieldProblem, Problem } from '../../platform/http/problem';
import type { BackupRequirement } from '../../registry/backup-requirements/backup-requirement.entity';
import { openRequirement } from '../../registry/backup-requirements/open-requirement';
import { Inlet } from './inlet.entity';
import { isOwnName } from './reading/own-names';
import { INLET_PREFIX, InletLookup } from './receiving/inlet-lookup';
import { standing } from './receiving/inlet-progress';
import { isSchedule } from './schedule/next-slot';
import { GENERIC_JSON } from './tools/signals/generic-json';
import { mappingProblem } from './tools/signals/mapping-problem';
import { TOOLS } from './tools/tools';

/** What people say of an inlet. */
export type InletContent = Pick<
  Inlet,
  'name' | 'tool' | 'timeZone' | 'scheduleKind' | 'schedule' | 'graceMinutes' | 'copySite' | 'ownNames' | 'mapping'
>;

/** What is told of a new secret, once. */
export interface IssuedInlet {
  id: string;
  secret: string;
}

const CONTENT = [
  'name',
  'tool',
  'timeZone',
  'scheduleKind',
  'schedule',
  'graceMinutes',
  'copySite',
  'ownNames',
  'mapping',
] as const;
const MOST_INLETS = 20;
const HOUR_MS = 3_600_000;

/** Makes inlets, gives them new addresses, and ends them. */
@Injectable()
export class InletsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly lookup: InletLookup,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404, 403; 409 for a name that is taken and for too many that are open; 422 naming every wrong field. */
  async create(actor: Actor, requirementId: string, content: InletContent): Promise<IssuedInlet> {
    return this.dataSource.transaction(async (m) => {
      const { requirement, system } = await openRequirement(m, actor, 'inlets:write', requirementId);
      requireSound(content, requirement);
      if ((await m.countBy(Inlet, { backupRequirementId: requirementId, revokedAt: IsNull() })) >= MOST_INLETS)
        throw new Problem(409, 'TOO_MANY_INLETS', { params: { limit: MOST_INLETS } });
      const made = newSecret(INLET_PREFIX);
      const now = this.clock.now();
      const id = newId();
      const row = { ...NEW, ...content, createdAt: now, state: 'WAITING' as const, since: now };
      await m.insert(Inlet, {
        ...row,
        ...standing(row, now),
        ...firstSecret(made),
        ...{ id, backupRequirementId: requirementId, systemId: system.id, createdById: actor.userId, updatedAt: now },
      } as never);
      await this.record(m, actor, 'inlet.created', id, system, null, { ...content, requirementId, hint: made.hint });
      return { id, secret: made.secret };
    });
  }

  /** Changes what is said of an inlet; its address stays. @throws Problem 412 when it has been changed since `version`, else as `create`. */
  async edit(actor: Actor, id: string, version: number, edit: Partial<InletContent>): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { inlet, requirement, system } = await this.open(m, actor, id);
      if (inlet.rowVersion !== version) throw new Problem(412, 'STALE');
      const changed = CONTENT.filter(
        (field) => edit[field] !== undefined && canonicalJson(edit[field]) !== canonicalJson(inlet[field]),
      );
      if (changed.length === 0) return;
      const after = Object.fromEntries(changed.map((field) => [field, edit[field]])) as Partial<InletContent>;
      const now = this.clock.now();
      const afresh = changed.includes('ownNames') ? { ...AFRESH, sizeLevelAt: now } : {};
      const row = { ...inlet, ...after, ...afresh };
      requireSound(row, requirement);
      await this.write(m, inlet, { ...after, ...afresh, ...standing(row, now) });
      const before = Object.fromEntries(changed.map((field) => [field, inlet[field]]));
      await this.record(m, actor, 'inlet.changed', id, system, before, after);
    });
  }

  /** Gives it a new address; the present one stays valid for `graceHours`. @throws Problem 404, 403, 409. */
  async rotate(actor: Actor, id: string, graceHours: number): Promise<IssuedInlet> {
    return this.dataSource.transaction(async (m) => {
      const { inlet, system } = await this.open(m, actor, id);
      const made = newSecret(INLET_PREFIX);
      const columns = rotated(inlet, made, this.clock.now(), graceHours * HOUR_MS);
      await this.write(m, inlet, columns);
      const after = { hint: made.hint, previousUntil: columns.previousUntil };
      await this.record(m, actor, 'inlet.rotated', id, system, { hint: inlet.secretHint }, after);
      return { id, secret: made.secret };
    });
  }

  /**
   * Says that the size of its newest backup is right: those before it are no measure any more for those after it.
   * @throws Problem 404, 403; 409 when it is as its like.
   */
  async acceptSize(actor: Actor, id: string, reason: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { inlet, system } = await this.open(m, actor, id);
      if (!inlet.unusual) throw new Problem(409, 'SIZE_NOT_UNUSUAL');
      const { code, params } = inlet.unusual;
      const columns = { unusual: null, sizeLevelAt: new Date(String(params.lastAt)) };
      await this.write(m, inlet, { ...columns, ...standing({ ...inlet, ...columns }, this.clock.now()) });
      const before = { code, bytes: params.bytes, startedAt: params.lastAt };
      await this.record(m, actor, 'inlet.size_accepted', id, system, before, { reason });
    });
  }

  /** Ends an inlet: its address opens nothing any more, and nothing is expected. What came in stays. */
  async revoke(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { inlet, system } = await this.open(m, actor, id);
      await this.write(m, inlet, { revokedAt: this.clock.now(), attentionAt: null });
      await this.record(m, actor, 'inlet.revoked', id, system, { name: inlet.name, hint: inlet.secretHint }, null);
    });
  }

  /** An inlet that is open, locked, and its requirement, locked before it as everywhere. */
  private async open(
    m: EntityManager,
    actor: Actor,
    id: string,
  ): Promise<{ inlet: Inlet; requirement: BackupRequirement; system: AccessedSystem }> {
    const found = await m.findOneBy(Inlet, { id });
    await requireSystemOf(m, actor, 'inlets:write', found?.systemId, 'INLET_NOT_FOUND');
    const { requirement, system } = await openRequirement(m, actor, 'inlets:write', found?.backupRequirementId ?? '');
    const inlet = await m.findOneOrFail(Inlet, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (inlet.revokedAt) throw new Problem(409, 'INLET_REVOKED');
    return { inlet, requirement, system };
  }

  private async write(m: EntityManager, { id, rowVersion, secretHash }: Inlet, fields: Partial<Inlet>): Promise<void> {
    const written = { ...fields, rowVersion: rowVersion + 1, updatedAt: this.clock.now() };
    requireFresh(await m.update(Inlet, { id, rowVersion }, written as never));
    this.lookup.forget(secretHash);
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    { organisationId }: AccessedSystem,
    before: Record<string, unknown> | null,
    after: Record<string, unknown> | null,
  ): Promise<void> {
    return this.audit.record(m, actor, { action, recordType: 'inlet', recordId, organisationId, before, after });
  }
}

const NEW = {
  ...{ firstSignalAt: null, lastSignalAt: null, lastOutcome: null, lastRunAt: null, lastGoodAt: null },
  ...{ runningStartedAt: null, refused: 0, lastRefusedAt: null, lost: null, unusual: null },
};

/** What is known of runs by which others are measured, which may have been those of others. */
const AFRESH = { newestPointAt: null, lost: null, unusual: null };

function requireSound(
  { scheduleKind, schedule, timeZone, tool, copySite, ownNames, mapping }: InletContent,
  { copies }: BackupRequirement,
): void {
  const errors: FieldProblem[] = [];
  if (!isSchedule({ kind: scheduleKind, expression: schedule, timeZone }))
    errors.push({ field: 'schedule', code: 'NOT_A_SCHEDULE' });
  if (tool !== null && !TOOLS.some((known) => known.tool === tool))
    errors.push({ field: 'tool', code: 'NOT_IN_LIST', params: { limit: TOOLS.map((known) => known.tool).join(', ') } });
  if (copySite !== null && !copies.some(({ site }) => site === copySite))
    errors.push({ field: 'copySite', code: 'NOT_A_DECLARED_SITE' });
  if (mapping === null && tool === GENERIC_JSON.tool) errors.push({ field: 'mapping', code: 'REQUIRED' });
  const fault = mapping && mappingProblem(mapping);
  if (fault) errors.push(fault);
  const unfit = ownNames.find((name) => !isOwnName(name));
  if (unfit !== undefined) errors.push({ field: 'ownNames', code: 'WILDCARD_AT_ENDS_ONLY', params: { value: unfit } });
  if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
}
