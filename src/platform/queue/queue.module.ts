import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config';
import { connectionOf } from '../database/data-source';
import { JobQueue, QUEUE_BACKEND } from './job-queue';
import { openQueueBackend } from './queue-backend';

/** The queue for everybody who has work to hand out; the workers are in the worker module only. */
@Global()
@Module({
  providers: [
    {
      provide: QUEUE_BACKEND,
      inject: [Config, DataSource],
      useFactory: (config: Config, dataSource: DataSource) =>
        openQueueBackend(config.REDIS_URL, connectionOf(dataSource)),
    },
    JobQueue,
  ],
  exports: [JobQueue, QUEUE_BACKEND],
})
export class QueueModule {}
