// A worker of the built service whose clock stands still until its parent moves it. Told by PLAYED: { connection, at }.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { PlayedClock } from '../../../dist/demo/played-clock.js';
import { ENTITIES } from '../../../dist/entities.js';
import { readConfig } from '../../../dist/platform/config/config.js';
import { PlatformModule } from '../../../dist/platform/platform.module.js';
import { SCHEDULES } from '../../../dist/schedule.js';
import { WorkerModule } from '../../../dist/worker.module.js';

// The days are those of the play: by the clock of the machine a job would fall into one of them or another by chance.
SCHEDULES.splice(0);

const { connection, at } = JSON.parse(process.env.PLAYED);
const clock = new PlayedClock(new Date(at));
const platform = PlatformModule.with({ config: readConfig(), connection, entities: ENTITIES, clock });
await NestFactory.createApplicationContext(WorkerModule.with(platform), { logger: false });
process.on('message', ({ to }) => {
  clock.set(new Date(to));
  process.send('moved');
});
process.on('disconnect', () => process.exit(0));
process.send('working');
