import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { EntityTarget } from 'typeorm';
import { Clock, SystemClock } from './clock/clock';
import { Config } from './config/config';
import { type DatabaseConnection, dataSourceOptions } from './database/data-source';
import { SchemaCheck } from './database/schema-check';
import { Heartbeats } from './health/heartbeats';
import { MailModule } from './mail/mail.module';
import { QueueModule } from './queue/queue.module';

/** What a process is told from outside: settings, where the database is, and in tests another clock. */
export interface PlatformOptions {
  config: Config;
  connection: DatabaseConnection;
  entities: EntityTarget<unknown>[];
  clock?: Clock;
}

/** What every feature stands on, provided everywhere: settings, clock, database, queue and mail. */
@Module({})
export class PlatformModule {
  static with({ config, connection, entities, clock = new SystemClock() }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({ ...dataSourceOptions(connection, entities), retryAttempts: 5, retryDelay: 2_000 }),
        QueueModule,
        MailModule,
      ],
      providers: [{ provide: Config, useValue: config }, { provide: Clock, useValue: clock }, Heartbeats, SchemaCheck],
      exports: [Config, Clock, Heartbeats],
    };
  }
}
