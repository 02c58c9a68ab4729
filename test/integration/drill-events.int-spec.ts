import { SESSION_COOKIE } from '../../src/access/sessions/session-cookie';
import { startBeside, startTestApp, type RunningApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let beside: RunningApp;
let owner: Client;
let run: string;
const open: AbortController[] = [];

beforeAll(async () => {
  app = await startTestApp('drill events');
  beside = await startBeside(app);
  owner = await app.as('owner');
  const { id } = await registerSystem(app, {}, 'owner');
  const plan = { title: '連絡訓練', type: 'NOTIFICATION', scheduledAt: '2026-12-15T01:00:00Z', plannedMinutes: 30 };
  const drill = (await owner.post(`/systems/${id}/drills`, plan)).body.id as string;
  run = `/drill-runs/${(await owner.post(`/drills/${drill}/runs`)).body.id}`;
});
afterAll(async () => {
  for (const connection of open) connection.abort();
  await beside.stop();
  await app.stop();
});

interface Followed {
  status: number;
  type: string | null;
  /** The next events that come, as `id kind`. */
  next(count: number): Promise<string[]>;
}

/** Follows the run at one of the processes, as a browser does. */
async function follow(at: RunningApp, as: Client, lastEventId?: string): Promise<Followed> {
  const connection = new AbortController();
  open.push(connection);
  const response = await fetch(`${at.url}/api/v1${run}/events`, {
    signal: connection.signal,
    headers: {
      accept: 'text/event-stream',
      cookie: `${SESSION_COOKIE}=${as.cookie(SESSION_COOKIE)}`,
      ...(lastEventId && { 'last-event-id': lastEventId }),
    },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (count: number): Promise<string[]> => {
    for (;;) {
      const events = [...text.matchAll(/id: (\d+)\ndata: (.*)\n\n/g)];
      if (events.length >= count) {
        const taken = events.slice(0, count);
        text = text.slice((taken.at(-1)?.index ?? 0) + (taken.at(-1)?.[0].length ?? 0));
        return taken.map(([, id, data]) => `${id} ${JSON.parse(data as string).kind}`);
      }
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done) throw new Error(`ended after ${text}`);
      text += value;
    }
  };
  return { status: response.status, type: response.headers.get('content-type'), next };
}

describe('the events of a run', () => {
  it('come to whoever follows, from whichever process they were written in', async () => {
    const here = await follow(app, owner);
    const there = await follow(beside, owner);
    expect([here.status, here.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect([await here.next(1), await there.next(1)]).toEqual([['1 OPENED'], ['1 OPENED']]);
    await owner.post(`${run}/begin`);
    await owner.post(`${run}/notes`, { text: '開始' });
    const expected = ['2 BEGUN', '3 NOTED'];
    expect([await here.next(2), await there.next(2)]).toEqual([expected, expected]);
  });

  it('go on after the last one that a browser has seen', async () => {
    await owner.post(`${run}/notes`, { text: '切断中' });
    const again = await follow(beside, owner, '3');
    expect(await again.next(1)).toEqual(['4 NOTED']);
  });

  it('are kept from who may not see the system, and from nobody in particular', async () => {
    expect((await follow(app, await app.as('outsider'))).status).toBe(404);
    expect((await follow(app, app.browser())).status).toBe(401);
  });

  it('are a list, page by page, for who asks for one', async () => {
    const first = (await owner.get(`${run}/events?limit=3`)).body;
    expect(first.items.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3]);
    const second = (await owner.get(`${run}/events?limit=3&cursor=${first.nextCursor}`)).body;
    expect([second.items.map(({ text }: { text: string }) => text), second.nextCursor]).toEqual([['切断中'], null]);
  });

  it('hold no stop up', async () => {
    const third = await startBeside(app);
    await (await follow(third, owner)).next(1);
    await third.stop();
    expect((await owner.get(`${run}/events`)).status).toBe(200);
  });
});
