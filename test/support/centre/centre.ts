import type { DataSource } from 'typeorm';
import { ENTITIES } from '../../../src/entities';
import { ObligationTick } from '../../../src/obligations/clocks/obligation-tick';
import { EvidenceIntake } from '../../../src/obligations/evidence-intake';
import { ObligationLedger } from '../../../src/obligations/obligation-ledger';
import { type Config, readConfig } from '../../../src/platform/config/config';
import { buildDataSource } from '../../../src/platform/database/data-source';
import { SettableClock } from '../clock';
import { cloneDatabase, type TestDatabase } from '../database';
import { createWorld, type World } from '../world';

export interface CentreOptions {
  /** Instant at which the clock stands still until it is moved. */
  now?: string;
  /** Settings that differ from the defaults. */
  settings?: Record<string, string>;
}

/** The ledger of obligations and what writes through it, on a database of its own with the cast in it; no HTTP and no queue. */
export interface Centre {
  config: Config;
  clock: SettableClock;
  database: TestDatabase;
  dataSource: DataSource;
  world: World;
  ledger: ObligationLedger;
  intake: EvidenceIntake;
  tick: ObligationTick;
  stop(): Promise<void>;
}

/** Opens it; once for a test file, and stop it in `afterAll`. */
export async function openCentre(name: string, options: CentreOptions = {}): Promise<Centre> {
  const { now = '2026-11-23T00:00:00Z', settings = {} } = options;
  const database = await cloneDatabase(name);
  const clock = new SettableClock(now);
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...settings });
  const dataSource = await buildDataSource(database.connection, ENTITIES).initialize();
  const ledger = new ObligationLedger(clock, config);
  return {
    config,
    clock,
    database,
    dataSource,
    world: await createWorld(dataSource, clock.now()),
    ledger,
    intake: new EvidenceIntake(ledger, clock),
    tick: new ObligationTick(dataSource, ledger, clock),
    stop: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}
