import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module';
import { DemoSeed } from '../../src/demo/demo-seed';
import { ENTITIES } from '../../src/entities';
import { readConfig } from '../../src/platform/config/config';
import { createHttpApp } from '../../src/platform/http/serving/http-app';
import { createLogger } from '../../src/platform/logging/logger';
import { PlatformModule } from '../../src/platform/platform.module';
import { WorkerModule } from '../../src/worker.module';
import { Client } from './client';
import { SettableClock } from './clock';
import { cloneDatabase, templateOf, type TestDatabase } from './database';
import { createWorld, emailOf, PASSWORD, type PersonName, type World } from './world';

export interface TestAppOptions {
  /** Also run the jobs, as `npm start` does. */
  worker?: boolean;
  /** Settings that differ from the defaults. */
  settings?: Record<string, string>;
  /** Instant at which the clock stands still until it is moved. */
  now?: string;
  webRoot?: string;
  /** Takes the lines of the log; set LOG_LEVEL too. */
  log?: (line: string) => void;
}

/** The whole service on a database and a port of its own. */
export interface RunningApp {
  app: NestFastifyApplication;
  url: string;
  clock: SettableClock;
  database: TestDatabase;
  dataSource: DataSource;
  /** A browser without cookies. */
  browser(): Client;
  stop(): Promise<void>;
}

/** With the cast in it. */
export interface TestApp extends RunningApp {
  world: World;
  /** The browser in which somebody of the cast is signed in; always the same one. */
  as(person: PersonName): Promise<Client>;
}

/** With the demo in it; the password of its people is PASSWORD. */
export interface DemoApp extends RunningApp {
  as(person: DemoPersonName): Promise<Client>;
}

/** The people of the demo who sign in, by their role; kensa administers the agency that shares no details. */
export type DemoPersonName = 'admin' | 'ciso' | 'manager' | 'owner' | 'auditor' | 'kensa';

/** A test asks more in a minute than people do; the tests of the limits set their own. */
const UNLIMITED = {
  RATE_LIMIT_ADDRESS: '1000000',
  RATE_LIMIT_SIGN_IN: '1000000',
  RATE_LIMIT_ACCOUNT: '1000000',
  RATE_LIMIT_TOKEN: '1000000',
  RATE_LIMIT_INLET: '1000000',
};

const DEFAULT_NOW = '2026-11-23T00:00:00Z';

/** Starts it; once for a test file, and stop it in `afterAll`. */
export async function startTestApp(name: string, options: TestAppOptions = {}): Promise<TestApp> {
  const running = await startOn(await cloneDatabase(name), options);
  const world = await createWorld(running.dataSource, running.clock.now());
  return { ...running, world, as: remembered((person: PersonName) => signIn(running.browser(), emailOf(person))) };
}

/** Starts it with the demo instead of the cast, as it was loaded at `now` with the default settings. */
export async function startDemoApp(name: string, options: TestAppOptions = {}): Promise<DemoApp> {
  const { now = DEFAULT_NOW } = options;
  const template = `demo_of_${Date.parse(now)}`;
  await templateOf(template, async (database) => {
    const { app } = await startOn(database, { now });
    await app.get(DemoSeed, { strict: false }).load(PASSWORD);
    await app.close();
  });
  const running = await startOn(await cloneDatabase(name, template), options);
  return { ...running, as: remembered((person: DemoPersonName) => signIn(running.browser(), demoEmailOf(person))) };
}

export function demoEmailOf(person: DemoPersonName): string {
  return `${person}@demo.example`;
}

/** Starts another process of the same installation: on the database of one that runs, which is stopped after it. */
export function startBeside({ database }: RunningApp, options: TestAppOptions = {}): Promise<RunningApp> {
  return startOn({ ...database, drop: () => Promise.resolve() }, options);
}

async function startOn(database: TestDatabase, options: TestAppOptions): Promise<RunningApp> {
  const { worker = false, settings = {}, now = DEFAULT_NOW, webRoot = 'no pages', log = () => undefined } = options;
  const clock = new SettableClock(now);
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', PORT: '0', ...UNLIMITED, ...settings });
  const platform = PlatformModule.with({ config, connection: database.asService, entities: ENTITIES, clock });
  const http = AppModule.with(platform);
  const module = worker ? { module: class AllInOne {}, imports: [http, WorkerModule.with(platform)] } : http;
  const app = await createHttpApp(module, { config, logger: createLogger(config, { write: log }), webRoot });
  await app.listen(config.PORT, config.HOST);
  const url = await app.getUrl();
  return {
    app,
    url,
    clock,
    database,
    dataSource: app.get(DataSource),
    browser: () => new Client(url),
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

/** Asks once for each key. */
function remembered<K, V>(make: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const known = new Map<K, Promise<V>>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

async function signIn(client: Client, email: string): Promise<Client> {
  const { status, body } = await client.post('/auth/login', { email, password: PASSWORD });
  if (status !== 200) throw new Error(`${email} cannot sign in: ${JSON.stringify(body)}`);
  return client;
}
