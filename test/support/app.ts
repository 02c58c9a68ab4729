import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module';
import { ENTITIES } from '../../src/entities';
import { readConfig } from '../../src/platform/config/config';
import { createHttpApp } from '../../src/platform/http/serving/http-app';
import { createLogger } from '../../src/platform/logging/logger';
import { PlatformModule } from '../../src/platform/platform.module';
import { WorkerModule } from '../../src/worker.module';
import { Client } from './client';
import { SettableClock } from './clock';
import { cloneDatabase, type TestDatabase } from './database';
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

/** The whole service on a database and a port of its own, with the cast in it. */
export interface TestApp {
  app: NestFastifyApplication;
  url: string;
  clock: SettableClock;
  database: TestDatabase;
  dataSource: DataSource;
  world: World;
  /** A browser without cookies. */
  browser(): Client;
  /** The browser in which somebody of the cast is signed in; always the same one. */
  as(person: PersonName): Promise<Client>;
  stop(): Promise<void>;
}

/** Starts it; once for a test file, and stop it in `afterAll`. */
export async function startTestApp(name: string, options: TestAppOptions = {}): Promise<TestApp> {
  const {
    worker = false,
    settings = {},
    now = '2026-11-23T00:00:00Z',
    webRoot = 'no pages',
    log = () => undefined,
  } = options;
  const database = await cloneDatabase(name);
  const clock = new SettableClock(now);
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', PORT: '0', ...settings });
  const platform = PlatformModule.with({ config, connection: database.connection, entities: ENTITIES, clock });
  const http = AppModule.with(platform);
  const module = worker ? { module: class AllInOne {}, imports: [http, WorkerModule.with(platform)] } : http;
  const app = await createHttpApp(module, { config, logger: createLogger(config, { write: log }), webRoot });
  await app.listen(config.PORT, config.HOST);
  const url = await app.getUrl();
  const dataSource = app.get(DataSource);
  const world = await createWorld(dataSource, clock.now());
  const signedIn = new Map<PersonName, Promise<Client>>();
  return {
    app,
    url,
    clock,
    database,
    dataSource,
    world,
    browser: () => new Client(url),
    as: (person) => {
      const known = signedIn.get(person) ?? signIn(new Client(url), person);
      signedIn.set(person, known);
      return known;
    },
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

async function signIn(client: Client, person: PersonName): Promise<Client> {
  const { status, body } = await client.post('/auth/login', { email: emailOf(person), password: PASSWORD });
  if (status !== 200) throw new Error(`${person} cannot sign in: ${JSON.stringify(body)}`);
  return client;
}
