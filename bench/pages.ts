import { performance } from 'node:perf_hooks';
import { startTestApp, type TestApp } from '../test/support/app';
import { centreOf } from '../test/support/centre/of-app';
import type { Client } from '../test/support/client';
import { generateRegister } from './support/generated-register';
import { report } from './support/measure';

const SIZES = process.env.BENCH_LARGEST ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
const NOW = '2026-11-23T00:00:00Z';
const TIMES = 7;

/** What people open all day, as the one who sees everything. */
const PAGES: Readonly<Record<string, string>> = {
  summary: '/readiness/tiers',
  forecast: '/readiness/forecast?until=2027-03-31',
  trend: '/readiness/trend?from=2026-10-01&to=2026-11-23',
  'what falls due next': '/readiness/due',
  heatmap: '/readiness/systems',
  'heatmap of what is not ready': '/readiness/systems?tier=HIGH&verdict=NOT_READY',
  systems: '/systems',
  'systems by name': '/systems?sort=name',
  'systems that are not ready': '/systems?verdict=NOT_READY',
  'systems that nobody can be reminded of': '/systems?reachable=false',
  'two characters, many matches': `/systems?q=${encodeURIComponent('シス')}`,
  'two characters, no match': `/systems?q=${encodeURIComponent('税関')}`,
  obligations: '/obligations',
  'obligations overdue': '/obligations?state=OVERDUE&tier=HIGH',
  'obligations by words': `/obligations?q=${encodeURIComponent('税関')}`,
  requirements: '/backup-requirements',
  reminders: '/reminders',
  audit: '/audit-events',
  'calendar of a month': '/calendar?from=2027-01-01',
  'calendar of a year': '/calendar?from=2026-11-01&to=2027-10-31',
};

/** Five thousand entries, the most that one has, out of all that is owed. */
const FEED = 'calendar feed of a ministry';

async function feedOf(app: TestApp): Promise<string> {
  const { ministry } = app.world.organisations;
  const { status, body } = await (await app.as('admin')).post('/calendar-feeds', { organisationId: ministry });
  expect([status, body.code]).toEqual([201, undefined]);
  const path = new URL(body.url).pathname.replace('/api/v1', '');
  const { body: text } = await app.browser().get(path);
  expect(text.split('BEGIN:VEVENT').length - 1).toBe(5_000);
  return path;
}

/** The best of some answers, in milliseconds. */
async function best(client: Client, path: string): Promise<number> {
  let least = Infinity;
  for (let time = 0; time < TIMES; time += 1) {
    const begun = performance.now();
    const { status } = await client.get(path);
    least = Math.min(least, performance.now() - begun);
    expect([path, status]).toEqual([path, 200]);
  }
  return least;
}

async function measured(size: number): Promise<Record<string, number>> {
  const app = await startTestApp(`bench pages ${size}`, { now: NOW });
  try {
    const { ledger } = centreOf(app);
    await generateRegister(app.dataSource, app.world, size, app.clock.now());
    await ledger.refreshAll(app.dataSource.manager);
    // As the owner of the tables: of the service PostgreSQL takes it without doing it.
    await app.database.query('VACUUM ANALYZE');
    const ciso = await app.as('ciso');
    const times: Record<string, number> = {};
    for (const [name, path] of Object.entries(PAGES)) times[name] = await best(ciso, path);
    times[FEED] = await best(app.browser(), await feedOf(app));
    return times;
  } finally {
    await app.stop();
  }
}

it('pages take no longer for a large register than for a small one', async () => {
  const all: Record<string, number>[] = [];
  for (const size of SIZES) {
    const times = await measured(size);
    report(`${size} systems, in milliseconds`, times);
    all.push(times);
  }
  const [small, large] = [all[0]!, all.at(-1)!];
  const ratios = Object.fromEntries([...Object.keys(PAGES), FEED].map((name) => [name, large[name]! / small[name]!]));
  report('the largest / the smallest', ratios);
  // Ten times the systems. What reads a page out of an index stays as it is; sums over what falls due in a year do not, and are printed only.
  for (const name of [
    'summary',
    'trend',
    'systems',
    'systems by name',
    'obligations',
    'obligations overdue',
    'what falls due next',
  ])
    expect([name, ratios[name]! <= 5]).toEqual([name, true]);
}, 3_600_000);
