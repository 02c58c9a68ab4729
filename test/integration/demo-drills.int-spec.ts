import { type DemoApp, startDemoApp } from '../support/app';
import type { Client } from '../support/client';

let app: DemoApp;
let owner: Client;
let systems: Map<string, string>;

beforeAll(async () => {
  app = await startDemoApp('demo drills', { now: '2026-11-26T03:00:00Z' });
  owner = await app.as('owner');
  const { body } = await owner.get('/systems?limit=100');
  systems = new Map(body.items.map(({ code, id }: { code: string; id: string }) => [code, id]));
});
afterAll(() => app.stop());

describe('the drills of the demo', () => {
  it('have been held, and are booked', async () => {
    const { body } = await owner.get('/drills?limit=50');
    const told = body.items.map(({ title, status }: { title: string; status: string }) => [title, status]);
    expect(told).toHaveLength(4);
    expect(told).toEqual(
      expect.arrayContaining([
        ['秋季の機能訓練（遠隔地の写しからの復元）', 'HELD'],
        ['電源設備の点検に伴う停止', 'HELD'],
        ['復元手順の再訓練', 'PLANNED'],
        ['机上訓練（身代金要求型の攻撃）', 'PLANNED'],
      ]),
    );
  });

  it('have reports with the steps as they were timed, which nobody has changed since', async () => {
    const [run] = await app.database.query<{ id: string }>(
      `SELECT r.id FROM drill_run r JOIN drill d ON d.id = r.drill_id WHERE d.kind = 'DRILL'`,
    );
    const { status, body } = await owner.get(`/drill-runs/${run!.id}/report`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('"rtaMinutes":161');
  });

  it('count among what the systems have achieved', async () => {
    const { body } = await owner.get(`/systems/${systems.get('RYOHI')}/achieved`);
    expect(JSON.stringify(body)).toContain('161');
  });

  it('are confirmed by one of the two who are booked for the next', async () => {
    const [booked] = await app.database.query<{ confirmed: number; asked: number }>(
      `SELECT count(p.acknowledged_at)::int AS confirmed, count(*)::int AS asked FROM drill_participant p JOIN drill d ON d.id = p.drill_id
       WHERE d.title = '復元手順の再訓練'`,
    );
    expect(booked).toEqual({ confirmed: 1, asked: 2 });
  });
});
