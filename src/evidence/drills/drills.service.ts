import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../access/actor';
import type { Permission } from '../../access/permissions';
import { mayBeNamedAt } from '../../access/references/named-person';
import { requireSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { unnest } from '../../platform/database/unnest';
import { requireFresh } from '../../platform/http/etag';
import { type FieldProblem, fieldProblem, Problem } from '../../platform/http/problem';
import type { ProcedureStep } from '../../registry/procedures/procedure-version.entity';
import { tellBooked } from './drill-notices';
import { DrillParticipant } from './drill-participant.entity';
import { Drill } from './drill.entity';

export type DrillFields = Pick<Drill, 'title' | 'type' | 'scheduledAt' | 'plannedMinutes'> &
  Partial<Pick<Drill, 'recurrence' | 'timeBasis' | 'procedureVersionId' | 'stepKeys' | 'checkExpected'>>;

export type Booking = Pick<DrillParticipant, 'userId' | 'part'>;

/** Plans of drills (domain.md section 4). A plan proves nothing and turns nothing green, so nothing here calls the ledger. */
@Injectable()
export class DrillsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Plans a drill. Returns its id. @throws Problem 404, 403; 422 for a time past, an unknown version, step or person. */
  async plan(actor: Actor, systemId: string, fields: DrillFields, bookings: readonly Booking[]): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId } = await requireSystem(m, actor, 'evidence:write', systemId);
      const id = newId();
      const row = {
        id,
        systemId,
        kind: 'DRILL' as const,
        plannedById: actor.userId,
        createdAt: this.clock.now(),
        ...fields,
      };
      await this.requireSound(m, row, bookings);
      await m.insert(Drill, row as never);
      await this.book(m, id, bookings);
      await tellBooked(this.telling(m, actor), row, organisationId, 'DRILL_BOOKED');
      await this.record(m, actor, 'drill.planned', id, organisationId, null, {
        systemId,
        ...fields,
        participants: bookings,
      });
      return id;
    });
  }

  /**
   * Changes a plan. Who stays booked keeps their confirmation unless the time changes.
   * @throws Problem 412 when it has been changed since `version`, 409 DRILL_NOT_PLANNED when it has begun or was cancelled; 422 as `plan`.
   */
  async change(
    actor: Actor,
    id: string,
    version: number,
    edit: Partial<DrillFields>,
    bookings: readonly Booking[] | undefined,
  ): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { drill, organisationId } = await this.planned(m, actor, id, 'evidence:write');
      if (drill.rowVersion !== version) throw new Problem(412, 'STALE');
      const next = { ...drill, ...edit };
      await this.requireSound(m, next, bookings ?? []);
      requireFresh(await m.update(Drill, { id, rowVersion: version }, { ...edit, rowVersion: version + 1 } as never));
      if (edit.scheduledAt && edit.scheduledAt.getTime() !== drill.scheduledAt.getTime())
        await m.update(DrillParticipant, { drillId: id }, { acknowledgedAt: null });
      if (bookings) await this.book(m, id, bookings);
      await tellBooked(this.telling(m, actor), next, organisationId, 'DRILL_BOOKED');
      const before = Object.fromEntries(Object.keys(edit).map((field) => [field, drill[field as keyof Drill]]));
      const after = { ...edit, ...(bookings && { participants: bookings }) };
      await this.record(m, actor, 'drill.changed', id, organisationId, before, after);
    });
  }

  /** Calls a planned drill off, saying why. @throws Problem 409 DRILL_NOT_PLANNED when it has begun or was cancelled. */
  async cancel(actor: Actor, id: string, reason: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { drill, organisationId } = await this.planned(m, actor, id, 'evidence:write');
      const cancelled = { status: 'CANCELLED', cancelReason: reason, cancelledById: actor.userId } as const;
      await m.update(Drill, { id }, { ...cancelled, rowVersion: drill.rowVersion + 1 });
      await tellBooked(this.telling(m, actor), drill, organisationId, 'DRILL_CALLED_OFF');
      await this.record(m, actor, 'drill.cancelled', id, organisationId, { status: drill.status }, cancelled);
    });
  }

  /** Confirms that one takes part. Doing it again changes nothing. @throws Problem 403 NOT_BOOKED for everybody else; 409 as `cancel`. */
  async acknowledge(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisationId } = await this.planned(m, actor, id, 'systems:read');
      const own = { drillId: id, userId: actor.userId };
      const booked = await m.findOneBy(DrillParticipant, own);
      if (!booked) throw new Problem(403, 'NOT_BOOKED');
      if (booked.acknowledgedAt) return;
      await m.update(DrillParticipant, own, { acknowledgedAt: this.clock.now() });
      await this.record(m, actor, 'drill.acknowledged', id, organisationId, null, { userId: actor.userId });
    });
  }

  private telling(m: EntityManager, { userId: byId }: Actor): Parameters<typeof tellBooked>[0] {
    return { m, at: this.clock.now(), timeZone: this.config.TZ_DEFAULT, byId };
  }

  private async planned(
    m: EntityManager,
    actor: Actor,
    id: string,
    permission: Permission,
  ): Promise<{ drill: Drill; organisationId: string }> {
    const drill = await m.findOne(Drill, { where: { id }, lock: { mode: 'for_no_key_update' } });
    const { organisationId } = await requireSystemOf(m, actor, permission, drill?.systemId, 'DRILL_NOT_FOUND');
    if (!drill || drill.status !== 'PLANNED') throw new Problem(409, 'DRILL_NOT_PLANNED');
    return { drill, organisationId };
  }

  /** Everything a plan names has to be of its system, and its time still to come. */
  private async requireSound(
    m: EntityManager,
    { systemId, scheduledAt, procedureVersionId, stepKeys }: Partial<Drill>,
    bookings: readonly Booking[],
  ): Promise<void> {
    if (scheduledAt && scheduledAt < this.clock.now()) throw fieldProblem(422, 'scheduledAt', 'IN_THE_PAST');
    const [version] = procedureVersionId
      ? await m.query<{ steps: ProcedureStep[] }[]>(
          `SELECT v.steps FROM procedure_version v JOIN procedure p ON p.id = v.procedure_id WHERE v.id = $1 AND p.system_id = $2`,
          [procedureVersionId, systemId],
        )
      : [];
    if (procedureVersionId && !version) throw fieldProblem(422, 'procedureVersionId', 'NOT_FOUND');
    const known = new Set(version?.steps.map(({ key }) => key));
    const unknown = (stepKeys ?? []).flatMap((key, index): FieldProblem[] =>
      known.has(key) ? [] : [{ field: `stepKeys[${index}]`, code: 'NOT_FOUND' }],
    );
    const nameable = await m.query<{ id: string }[]>(
      `SELECT u.id FROM app_user u WHERE u.id = ANY($1::uuid[]) AND u.active
         AND ${mayBeNamedAt('u', '(SELECT organisation_id FROM system WHERE id = $2)')}`,
      [bookings.map(({ userId }) => userId), systemId],
    );
    const found = new Set(nameable.map(({ id }) => id));
    const strangers = bookings.flatMap(({ userId }, index): FieldProblem[] =>
      found.has(userId) ? [] : [{ field: `participants[${index}].userId`, code: 'NOT_FOUND' }],
    );
    if (unknown.length + strangers.length > 0)
      throw new Problem(422, 'INVALID_FIELDS', { errors: [...unknown, ...strangers] });
  }

  private async book(m: EntityManager, drillId: string, bookings: readonly Booking[]): Promise<void> {
    await m.query('DELETE FROM drill_participant WHERE drill_id = $1 AND NOT user_id = ANY($2::uuid[])', [
      drillId,
      bookings.map(({ userId }) => userId),
    ]);
    if (bookings.length === 0) return;
    const { source, values } = unnest(bookings, { userId: 'uuid', part: 'text' }, 'row', 2);
    await m.query(
      `INSERT INTO drill_participant (drill_id, user_id, part) SELECT $1, user_id, part FROM ${source}
       ON CONFLICT ON CONSTRAINT pk_drill_participant DO UPDATE SET part = excluded.part`,
      [drillId, ...values],
    );
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
    return this.audit.record(m, actor, { action, recordType: 'drill', recordId, organisationId, before, after });
  }
}
