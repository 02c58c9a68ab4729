import { Module } from '@nestjs/common';
import { AuditModule } from '../../../audit/audit.module';
import { ObligationsModule } from '../../../obligations/obligations.module';
import { DrillsModule } from '../drills.module';
import { RunEventsController } from '../live/run-events.controller';
import { RunFeed } from '../live/run-feed';
import { DrillRunsController } from './drill-runs.controller';
import { DrillRunsQueries } from './drill-runs.queries';
import { DrillRunsService } from './drill-runs.service';
import { RunAttestationService } from './run-attestation.service';
import { RunOpening } from './run-opening';
import { RunRecord } from './run-record';
import { RunStepsController } from './steps/run-steps.controller';
import { RunStepsService } from './steps/run-steps.service';

@Module({
  imports: [AuditModule, ObligationsModule, DrillsModule],
  controllers: [DrillRunsController, RunStepsController, RunEventsController],
  providers: [
    DrillRunsService,
    RunStepsService,
    RunAttestationService,
    DrillRunsQueries,
    RunOpening,
    RunRecord,
    RunFeed,
  ],
  exports: [RunOpening, RunRecord],
})
export class DrillRunsModule {}
