import 'reflect-metadata';
import { AppModule } from './app.module';
import { requireDatabase, run } from './boot';
import { ENTITIES } from './entities';
import { createHttpApp } from './platform/http/serving/http-app';
import { PlatformModule } from './platform/platform.module';
import { publicAddress } from './platform/config/public-address';

/** The HTTP process. Any number of them may run beside each other; `worker.ts` does what no request asks for. */
void run(async (config, logger, undo) => {
  const connection = requireDatabase(config);
  const platform = PlatformModule.with({ config, connection, entities: ENTITIES });
  const app = await undo.open(
    () => createHttpApp(AppModule.with(platform), { config, logger }),
    (opened) => opened.close(),
  );
  await app.listen(config.PORT, config.HOST);
  const { port } = app.getHttpServer().address() as { port: number };
  logger.info(`listening, ${publicAddress(config, port)}`);
});
