import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { InletsController } from './inlets.controller';
import { InletsQueries } from './inlets.queries';
import { InletsService } from './inlets.service';
import { InletConnection } from './receiving/inlet-connection';
import { InletDoor } from './receiving/inlet-door';
import { InletLookup } from './receiving/inlet-lookup';
import { InletReceiver } from './receiving/inlet-receiver';
import { RunsQueries } from './runs/runs.queries';
import { InletNotices } from './schedule/inlet-notices';
import { InletSizes } from './schedule/inlet-sizes';
import { InletSweep } from './schedule/inlet-sweep';
import { SubmissionsController } from './submissions.controller';
import { SubmissionsQueries } from './submissions.queries';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [InletsController, SubmissionsController],
  providers: [
    InletsService,
    InletsQueries,
    SubmissionsQueries,
    RunsQueries,
    InletDoor,
    InletLookup,
    InletConnection,
    InletReceiver,
    InletSweep,
    InletSizes,
    InletNotices,
  ],
  exports: [InletsService, InletLookup, InletReceiver, InletSweep, InletSizes, InletNotices],
})
export class InletModule {}
