import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { stepsInScope } from '../../../core/drill/drill-steps';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import type { ProcedureContact, ProcedureStep } from '../../../registry/procedures/procedure-version.entity';
import { DrillPlansQueries } from '../drill-plans.queries';
import type { Drill } from '../drill.entity';
import { tellOfRun } from '../drill-notices';
import { type BookedForRun, DrillRun } from './drill-run.entity';
import { RunRecord } from './run-record';
import { RunStep } from './steps/run-step.entity';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

type Opened = Pick<
  Drill,
  'id' | 'systemId' | 'kind' | 'type' | 'scheduledAt' | 'plannedMinutes' | 'procedureVersionId' | 'stepKeys'
>;

/**
 * Opens the run of a drill: the steps are copied, so that a later version of the procedure changes nothing of what is being done, and what was missing
 * and who was booked is kept.
 */
@Injectable()
export class RunOpening {
  constructor(
    private readonly record: RunRecord,
    private readonly plans: DrillPlansQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Opens a run of a locked drill. Returns its id.
   * @param actor null when it is opened at its time by the service.
   * @param begun who began the clock and when, for an outage, which begins before anybody records it.
   */
  async open(
    m: EntityManager,
    actor: Actor | null,
    drill: Opened,
    organisationId: string,
    begun: Pick<DrillRun, 'startedAt' | 'startedById'> | null = null,
  ): Promise<string> {
    const now = this.clock.now();
    const plannedMs = drill.plannedMinutes * MINUTE_MS;
    const run = {
      ...{ id: newId(), drillId: drill.id, systemId: drill.systemId, openedAt: now, openedById: actor?.userId ?? null },
      ...(begun ? { status: 'RUNNING' as const, ...begun } : { status: 'PREPARING' as const }),
      ...{ readiness: await this.plans.readinessOf(m, drill), participants: await booked(m, drill.id) },
      warnAt: begun ? new Date(now.getTime() + plannedMs) : null,
      chaseAt: new Date(now.getTime() + plannedMs + DAY_MS),
    };
    await m.insert(DrillRun, run as never);
    const steps = await this.steps(m, drill);
    if (steps.length > 0)
      await m.insert(
        RunStep,
        steps.map(({ dependsOn, ...step }, position) => ({ runId: run.id, position, waitsFor: dependsOn, ...step })),
      );
    await this.record.tell(m, actor, { run: run as DrillRun, organisationId }, 'OPENED');
    const telling = { m, at: now, timeZone: this.config.TZ_DEFAULT, byId: actor?.userId ?? null };
    await tellOfRun(telling, run, organisationId, 'DRILL_OPENED');
    return run.id;
  }

  private async steps(m: EntityManager, drill: Opened): Promise<ProcedureStep[]> {
    const [version] = await m.query<{ steps: ProcedureStep[]; contacts: ProcedureContact[] }[]>(
      'SELECT steps, contacts FROM procedure_version WHERE id = $1',
      [drill.procedureVersionId],
    );
    if (!version) return [];
    return drill.type === 'NOTIFICATION'
      ? version.contacts.map(callOf)
      : stepsInScope(version.steps, drill.stepKeys).map(
          ({ key, title, role, instructions, location, plannedMinutes, dependsOn }) => ({
            ...{ key, title, role, instructions, location, plannedMinutes, dependsOn },
          }),
        );
  }
}

/** Who is booked, and has confirmed or not. */
async function booked(m: EntityManager, drillId: string): Promise<BookedForRun[]> {
  const rows = await m.query<(Omit<BookedForRun, 'acknowledgedAt'> & { acknowledgedAt: Date | null })[]>(
    `SELECT b.user_id AS "userId", b.part, b.acknowledged_at AS "acknowledgedAt" FROM drill_participant b
     JOIN app_user u ON u.id = b.user_id WHERE b.drill_id = $1 ORDER BY u.display_name, u.id`,
    [drillId],
  );
  return rows.map((row) => ({ ...row, acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null }));
}

/** In a notification drill the contacts are called. */
function callOf({ name, role, phone, email }: ProcedureContact, index: number): ProcedureStep {
  const instructions = [phone, email].filter(Boolean).join('\n') || null;
  return {
    key: `contact-${index + 1}`,
    title: name,
    role,
    instructions,
    location: null,
    plannedMinutes: null,
    dependsOn: [],
  };
}
