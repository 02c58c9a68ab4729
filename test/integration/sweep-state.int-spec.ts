import { Heartbeats } from '../../src/platform/health/heartbeats';
import { startTestApp, type TestApp } from '../support/app';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp('sweep-state');
});
afterAll(() => app.stop());

const state = async () => (await (await app.as('owner')).get('/readiness/sweep')).body;

describe('the state of the sweep', () => {
  it('is stopped before it has ever run, and once it has not run for two minutes, with since when', async () => {
    expect(await state()).toEqual({ stopped: true, lastRanAt: null });
    app.clock.set('2026-11-23T01:00:00Z');
    const heartbeats = app.app.get(Heartbeats, { strict: false });
    await heartbeats.around('sweep', () => Promise.resolve());
    const lastRanAt = '2026-11-23T01:00:00.000Z';
    app.clock.set('2026-11-23T01:02:00Z');
    expect(await state()).toEqual({ stopped: false, lastRanAt });
    app.clock.set('2026-11-23T01:02:01Z');
    expect(await state()).toEqual({ stopped: true, lastRanAt });
    await heartbeats.around('sweep', () => Promise.resolve());
    expect((await state()).stopped).toBe(false);
  });
});
