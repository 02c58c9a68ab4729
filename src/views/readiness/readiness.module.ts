import { Module } from '@nestjs/common';
import { ObligationsModule } from '../../obligations/obligations.module';
import { CoverageQueries } from './coverage.queries';
import { EffectiveReadinessQueries } from './effective/effective-readiness.queries';
import { EffectiveVerdictQueries } from './effective/effective-verdict.queries';
import { ForecastQueries } from './forecast.queries';
import { ChangesQueries } from './history/changes.queries';
import { HistoryController } from './history/history.controller';
import { MoversQueries } from './history/movers.queries';
import { PastReadinessQueries } from './history/past-readiness.queries';
import { ReadinessDays } from './history/readiness-days';
import { TrendQueries } from './history/trend.queries';
import { HeatmapQueries } from './heatmap.queries';
import { ReadinessController } from './readiness.controller';
import { ReadinessQueries } from './readiness.queries';
import { SupervisedQueries } from './supervised.queries';
import { SystemReadinessQueries } from './system-readiness.queries';

@Module({
  imports: [ObligationsModule],
  controllers: [ReadinessController, HistoryController],
  providers: [
    ChangesQueries,
    CoverageQueries,
    EffectiveReadinessQueries,
    EffectiveVerdictQueries,
    ForecastQueries,
    HeatmapQueries,
    MoversQueries,
    PastReadinessQueries,
    ReadinessDays,
    ReadinessQueries,
    SystemReadinessQueries,
    SupervisedQueries,
    TrendQueries,
  ],
  exports: [ReadinessDays],
})
export class ReadinessModule {}
