import { performance } from 'node:perf_hooks';
import { startTestApp, type TestApp } from '../test/support/app';
import { centreOf } from '../test/support/centre/of-app';
import type { Client } from '../test/support/client';
import { generateRegister } from './support/generated-register';
import { exponent, report } from './support/measure';
import { publish } from './support/published-policy';
import { SIX_DUTIES } from './support/six-duties';
import { sentAlone, statementsOf } from './support/statements';

const SIZES = process.env.BENCH_LARGEST ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
const NOW = '2026-11-23T00:00:00Z';
const TIMES = 17;
/** Answered without reading anything: what HTTP takes by itself. */
const EMPTY_PAGE = '//healthz';

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

interface Measured {
  /** Milliseconds until a page is answered. */
  pages: Record<string, number>;
  /** Which part of it the statements take, sent alone. */
  statements: Record<string, number>;
  /** Which part of what it takes longer than a page that reads nothing. */
  beyondHttp: Record<string, number>;
}

/** The milliseconds that the statements of a page take, prepared and sent by themselves. */
async function statementsAlone(app: TestApp, client: Client, path: string): Promise<number> {
  const statements = await statementsOf(app.dataSource, () => client.get(path));
  return 1000 * (await sentAlone(app.database.asService, statements, TIMES));
}

async function measured(size: number): Promise<Measured> {
  const app = await startTestApp(`bench pages ${size}`, { now: NOW });
  try {
    const { ledger } = centreOf(app);
    await generateRegister(app.dataSource, app.world, size, app.clock.now());
    await publish(app.dataSource, app.world.organisations.ministry, SIX_DUTIES, 2, '2020-04-01');
    await app.database.query('VACUUM ANALYZE');
    await ledger.refreshAll(app.dataSource.manager);
    // As the owner of the tables: of the service PostgreSQL takes it without doing it.
    await app.database.query('VACUUM ANALYZE');
    const ciso = await app.as('ciso');
    const one: Measured = { pages: {}, statements: {}, beyondHttp: {} };
    const http = await best(ciso, EMPTY_PAGE);
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await best(ciso, path);
      const alone = await statementsAlone(app, ciso, path);
      one.pages[name] = page;
      one.statements[name] = alone / page;
      one.beyondHttp[name] = alone / (page - http);
    }
    one.pages[FEED] = await best(app.browser(), await feedOf(app));
    return one;
  } finally {
    await app.stop();
  }
}

/** What reads a page out of an index, and the counts that are kept: as fast of a large register as of a small one. */
const FLAT = ['systems', 'systems by name', 'obligations', 'obligations overdue', 'what falls due next', 'trend'];
/** A page of a large register takes so many times that of a small one at most. */
const GROWTH = 2.2;
const NO_MATCH = 'two characters, no match';

it('pages take no longer for a large register than for a small one', async () => {
  const all: Measured[] = [];
  for (const size of SIZES) {
    const one = await measured(size);
    report(`${size} systems, in milliseconds`, one.pages);
    report(`${size} systems, statements alone / page`, one.statements);
    report(`${size} systems, statements alone / page beyond an empty one`, one.beyondHttp);
    all.push(one);
  }
  const [small, large] = [all[0]!, all.at(-1)!];
  const names = Object.keys(small.pages);
  const compared = (how: (small: number, large: number) => number): Record<string, number> =>
    Object.fromEntries(names.map((name) => [name, how(small.pages[name]!, large.pages[name]!)]));
  const ratios = compared((few, many) => many / few);
  report('the largest / the smallest', ratios);
  report(
    'exponents',
    compared((few, many) => exponent({ size: SIZES[0]!, time: few }, { size: SIZES.at(-1)!, time: many })),
  );
  for (const name of [...FLAT, NO_MATCH]) expect([name, ratios[name]! <= GROWTH]).toEqual([name, true]);
  expect(ratios['summary']).toBeLessThanOrEqual(3);
}, 3_600_000);
