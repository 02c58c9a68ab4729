import type { TestApp } from '../app';
import { approvedProcedure } from './procedures';
import { registerSystem } from './systems';

const PLAN = { title: '復旧訓練', type: 'FUNCTIONAL', scheduledAt: '2026-11-23T01:00:00Z', plannedMinutes: 60 };
const CHECK = { checkExpected: '最終受付番号 4021' };
const OBSERVED = { checkObserved: '最終受付番号 4021', checkHeld: true, recoveryPointAt: '2026-11-22T17:00:00Z' };

export interface Drilled {
  systemId: string;
  drillId: string;
}
/** With the path of its run. */
export interface OpenedRun extends Drilled {
  run: string;
}

/** A system with a procedure in force and a functional drill of it, planned by the owner for an hour from the start of the tests. */
export async function drilled(app: TestApp, more: object = {}): Promise<Drilled> {
  const owner = await app.as('owner');
  const { id } = await registerSystem(app, { tier: 'MODERATE', rto: 'PT4H', rpo: 'P1D' }, 'owner');
  const procedure = await approvedProcedure(app, id);
  const plan = { ...PLAN, ...CHECK, procedureVersionId: procedure.id, ...more };
  const { status, body } = await owner.post(`/systems/${id}/drills`, plan);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { systemId: id, drillId: body.id };
}

/** The same with a run that the operator has opened. */
export async function openedRun(app: TestApp, more: object = {}): Promise<OpenedRun> {
  const made = await drilled(app, more);
  const { status, body } = await (await app.as('operator')).post(`/drills/${made.drillId}/runs`);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { ...made, run: `/drill-runs/${body.id}` };
}

/** Begins every step as the operator and finishes it as the owner. Throws when a step is refused. */
export async function tickAll(app: TestApp, run: string): Promise<void> {
  const [owner, operator] = [await app.as('owner'), await app.as('operator')];
  for (const { key } of (await operator.get(run)).body.steps) {
    await operator.post(`${run}/steps/${key}/start`);
    const { status, body } = await owner.post(`${run}/steps/${key}/finish`);
    if (status !== 200) throw new Error(JSON.stringify(body));
  }
}

/** The same with a run that the operator began and completed, having passed unless `said` differs, `after` so many minutes. */
export async function completedRun(
  app: TestApp,
  more: object = {},
  after = 120,
  said: object = {},
): Promise<OpenedRun> {
  const made = await openedRun(app, more);
  const operator = await app.as('operator');
  await operator.post(`${made.run}/begin`);
  await tickAll(app, made.run);
  app.clock.advance({ minutes: after });
  const { status, body } = await operator.post(`${made.run}/complete`, { outcome: 'PASSED', ...OBSERVED, ...said });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return made;
}
