import { Module } from '@nestjs/common';
import { AchievedController } from './achieved.controller';
import { AchievedQueries } from './achieved.queries';

/** What was achieved, read out of evidence and of the runs of outages. */
@Module({ controllers: [AchievedController], providers: [AchievedQueries] })
export class AchievedModule {}
