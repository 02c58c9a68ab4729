import { Module } from '@nestjs/common';
import { ObligationsModule } from '../../obligations/obligations.module';
import { HeatmapQueries } from './heatmap.queries';
import { ReadinessController } from './readiness.controller';
import { ReadinessQueries } from './readiness.queries';
import { SupervisedQueries } from './supervised.queries';
import { SystemReadinessQueries } from './system-readiness.queries';

@Module({
  imports: [ObligationsModule],
  controllers: [ReadinessController],
  providers: [HeatmapQueries, ReadinessQueries, SystemReadinessQueries, SupervisedQueries],
})
export class ReadinessModule {}
