import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { MeQueries } from './access/sign-in/me.queries';
import { hasAdmin } from './access/users/first-admin';
import { AppModule } from './app.module';
import { run } from './boot';
import { demoPassword } from './demo/demo-password';
import { seedDemo } from './demo/seed-demo';
import { ENTITIES } from './entities';
import { openDatabase } from './own-database';
import type { Config } from './platform/config/config';
import { migrate } from './platform/database/migrate';
import { createHttpApp } from './platform/http/serving/http-app';
import { PlatformModule } from './platform/platform.module';
import { WorkerModule } from './worker.module';
import { publicAddress } from './platform/config/public-address';

/** What `npm start` runs: database, HTTP and jobs in one process, for one machine and for trying it out. */
void run(async (config, logger, undo) => {
  const { connection, owner, role } = await openDatabase(config, undo, (line) => logger.info(line));
  const migrations = await migrate(owner, role);
  if (migrations.length > 0) logger.info(`migrated: ${migrations.join(', ')}`);
  const platform = PlatformModule.with({ config, connection, entities: ENTITIES });
  const all = { module: class AllInOne {}, imports: [AppModule.with(platform), WorkerModule.with(platform)] };
  const app = await undo.open(
    () => createHttpApp(all, { config, logger }),
    (opened) => opened.close(),
  );
  if (config.SONAE_DEMO) await seedDemo(app);
  await app.listen(config.PORT, config.HOST);
  const { port } = app.getHttpServer().address() as { port: number };
  process.stdout.write(await welcome(app, config, publicAddress(config, port)));
});

async function welcome(app: INestApplicationContext, config: Config, address: string): Promise<string> {
  const { demo, accounts } = await app.get(MeQueries, { strict: false }).hints();
  const lines = [`Sonae is running: ${address}`];
  if (demo) {
    lines.push('Demo data. Sign in as');
    for (const { email, displayName, role } of accounts) lines.push(`  ${email.padEnd(22)} ${role}, ${displayName}`);
    lines.push(`Password of all of them: ${demoPassword(config) ?? 'the one they were loaded with'}`);
  } else if (!(await hasAdmin(app))) {
    lines.push(
      'The first administrator is made with: npm run cli -- create-admin --email you@example.go.jp --name "..."',
    );
  }
  return `\n${lines.join('\n')}\n\n`;
}
