// The tick of the product as it is built and as its worker runs it: in a process of its own, which has judged before. Tells what it did when it is done.
import { ENTITIES } from '../../../dist/entities.js';
import { ObligationTick } from '../../../dist/obligations/clocks/obligation-tick.js';
import { TOLD_BY_TOOLS } from '../../../dist/obligations/intake/run-intake.js';
import { ObligationLedger } from '../../../dist/obligations/obligation-ledger.js';
import { readConfig } from '../../../dist/platform/config/config.js';
import { buildDataSource } from '../../../dist/platform/database/data-source.js';

const WARMING = 4_000;
const PAGE = 500;
const { DATABASE_URL, BEFORE, NOW } = process.env;

let now = new Date(BEFORE);
const clock = { now: () => now };
const dataSource = await buildDataSource({ url: DATABASE_URL }, ENTITIES).initialize();
const ledger = new ObligationLedger(clock, readConfig({ NODE_ENV: 'test' }));
const systems = await dataSource.query('SELECT id FROM system ORDER BY id LIMIT $1', [WARMING]);
for (let from = 0; from < systems.length; from += PAGE) {
  const ids = systems.slice(from, from + PAGE).map(({ id }) => id);
  await dataSource.transaction((m) => ledger.refresh(m, ids, { evidence: () => TOLD_BY_TOOLS }));
}

now = new Date(NOW);
const tick = new ObligationTick(dataSource, ledger, clock);
const begun = performance.now();
let transitions = 0;
for (let changed = 1; changed > 0; transitions += changed)
  changed = (await tick.run()).filter(({ fromState, toState }) => fromState !== toState).length;
const seconds = (performance.now() - begun) / 1000;
process.stdout.write(`ticked, ${transitions} in ${seconds} seconds\n`);
await dataSource.destroy();
