import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { requireDatabase, run } from './boot';
import { ENTITIES } from './entities';
import { PinoLogger } from './platform/logging/logger';
import { PlatformModule } from './platform/platform.module';
import { WorkerModule } from './worker.module';

/** The process that runs the jobs. Several may run beside each other; they share the queues. */
void run(async (config, logger, undo) => {
  const connection = requireDatabase(config);
  const platform = PlatformModule.with({ config, connection, entities: ENTITIES });
  await undo.open(
    () =>
      NestFactory.createApplicationContext(WorkerModule.with(platform), {
        logger: new PinoLogger(logger),
        abortOnError: false,
      }),
    (worker) => worker.close(),
  );
  logger.info('working');
});
