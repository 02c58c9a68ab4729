import { DemoTools } from '../../src/demo/demo-tools';
import { InletSweep } from '../../src/evidence/inlet/schedule/inlet-sweep';
import { type DemoApp, startDemoApp } from '../support/app';

let app: DemoApp;

beforeEach(async () => {
  app = await startDemoApp('demo tools', { now: '2026-11-26T03:00:00Z' });
});
afterEach(() => app.stop());

/** How the tools stand, by the code of the system that each reports for. */
const stands = async (): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    (
      await app.database.query<{ code: string; state: string; reason: string }>(
        `SELECT s.code, i.state, i.reason->>'code' AS reason FROM inlet i JOIN system s ON s.id = i.system_id`,
      )
    ).map(({ code, state, reason }) => [code, [state, reason]]),
  );
const STORIES = {
  RYOHI: ['ON_TIME', 'INLET_ON_TIME'],
  SHINSEI: ['MISSED', 'INLET_MISSED'],
  KENSHU: ['UNUSUAL', 'SIZE_SHRUNK'],
};

describe('the tools of the demo', () => {
  it('report every night, but for one that has fallen silent and one whose backups have shrunk', async () => {
    expect(await stands()).toEqual(STORIES);
    const [kept] = await app.database.query<{ messages: number; refused: number }>(
      `SELECT count(*)::int AS messages, count(*) FILTER (WHERE disposition <> 'ACCEPTED')::int AS refused FROM submission`,
    );
    expect(kept).toEqual({ messages: 104, refused: 0 });
  });

  it('leave the verdicts of their systems as the stories have them', async () => {
    const { body } = await (await app.as('owner')).get('/systems?limit=100');
    const verdicts = body.items.map(({ code, verdict }: { code: string; verdict: string }) => [code, verdict]);
    expect(verdicts).toEqual(
      expect.arrayContaining([
        ['RYOHI', 'READY'],
        ['SHINSEI', 'NOT_READY'],
      ]),
    );
  });

  it('go on reporting while the demo runs, each night once', async () => {
    const runs = async (): Promise<number> =>
      (await app.database.query<{ runs: number }>('SELECT count(*)::int AS runs FROM submission'))[0]!.runs;
    const before = await runs();
    const tools = app.app.get(DemoTools, { strict: false });
    app.clock.set('2026-11-28T19:00:00Z');
    await tools.keepReporting();
    await tools.keepReporting();
    await app.app.get(InletSweep, { strict: false }).run();
    expect((await runs()) - before).toBe(6);
    expect(await stands()).toEqual(STORIES);
  });
});
