import { Module } from '@nestjs/common';
import { ObligationsModule } from '../../obligations/obligations.module';
import { ForecastQueries } from './forecast.queries';
import { ReadinessDays } from './history/readiness-days';
import { HeatmapQueries } from './heatmap.queries';
import { ReadinessController } from './readiness.controller';
import { ReadinessQueries } from './readiness.queries';
import { SupervisedQueries } from './supervised.queries';
import { SystemReadinessQueries } from './system-readiness.queries';

@Module({
  imports: [ObligationsModule],
  controllers: [ReadinessController],
  providers: [
    ForecastQueries,
    HeatmapQueries,
    ReadinessDays,
    ReadinessQueries,
    SystemReadinessQueries,
    SupervisedQueries,
  ],
  exports: [ReadinessDays],
})
export class ReadinessModule {}
