import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../../../access/actor';
import { User } from '../../../../access/user.entity';
import { type StepStatus, stillWaitsFor } from '../../../../core/drill/drill-steps';
import { Clock } from '../../../../platform/clock/clock';
import { Problem } from '../../../../platform/http/problem';
import { type LockedRun, RunRecord } from '../run-record';
import { RunStep } from './run-step.entity';

/** The steps of a run, ticked by several people at once: who comes second is told who was first. */
@Injectable()
export class RunStepsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly record: RunRecord,
    private readonly clock: Clock,
  ) {}

  /** Begins a step. @throws Problem 409 STEP_TAKEN naming who has it, STEP_WAITS naming what it waits for, RUN_PAUSED. */
  start(actor: Actor, runId: string, key: string): Promise<void> {
    return this.tick(runId, key, actor, ['PENDING'], async (m, locked, step) => {
      const waiting = stillWaitsFor(step, await m.findBy(RunStep, { runId }));
      if (waiting.length > 0) throw new Problem(409, 'STEP_WAITS', { params: { steps: waiting.join(', ') } });
      await m.update(
        RunStep,
        { runId, key },
        { status: 'STARTED', startedAt: this.clock.now(), startedById: actor.userId },
      );
      await this.record.tell(m, actor, locked, 'STEP_STARTED', { stepKey: key });
    });
  }

  /** Ends a step that has begun; anybody who takes part may. @throws Problem 409 STEP_TAKEN when it has ended, STEP_NOT_STARTED. */
  finish(actor: Actor, runId: string, key: string): Promise<void> {
    return this.tick(runId, key, actor, ['STARTED'], async (m, locked) => {
      await m.update(
        RunStep,
        { runId, key },
        { status: 'FINISHED', endedAt: this.clock.now(), endedById: actor.userId },
      );
      await this.record.tell(m, actor, locked, 'STEP_FINISHED', { stepKey: key });
    });
  }

  /** Leaves a step out, saying why. @throws Problem 409 STEP_TAKEN when it has ended. */
  skip(actor: Actor, runId: string, key: string, reason: string): Promise<void> {
    return this.tick(runId, key, actor, ['PENDING', 'STARTED'], async (m, locked) => {
      const ended = {
        status: 'SKIPPED',
        skipReason: reason,
        endedAt: this.clock.now(),
        endedById: actor.userId,
      } as const;
      await m.update(RunStep, { runId, key }, ended);
      await this.record.tell(m, actor, locked, 'STEP_SKIPPED', { stepKey: key, text: reason });
    });
  }

  private tick(
    runId: string,
    key: string,
    actor: Actor,
    from: readonly StepStatus[],
    change: (m: EntityManager, locked: LockedRun, step: RunStep) => Promise<void>,
  ): Promise<void> {
    return this.dataSource.transaction(async (m) => {
      const locked = await this.record.open(m, actor, runId, 'RUNNING');
      const step = await m.findOneBy(RunStep, { runId, key });
      if (!step) throw new Problem(404, 'STEP_NOT_FOUND');
      if (!from.includes(step.status)) throw await refusalOf(m, step);
      if (locked.run.pausedAt) throw new Problem(409, 'RUN_PAUSED');
      await change(m, locked, step);
    });
  }
}

/** Who was first. */
async function refusalOf(m: EntityManager, { status, startedById, endedById }: RunStep): Promise<Problem> {
  if (status === 'PENDING') return new Problem(409, 'STEP_NOT_STARTED');
  const who = await m.findOneBy(User, { id: endedById ?? startedById ?? '' });
  return new Problem(409, 'STEP_TAKEN', { params: { name: who?.displayName ?? '—' } });
}
