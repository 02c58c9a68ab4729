import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { DrillPlansQueries } from './drill-plans.queries';
import { DrillsController } from './drills.controller';
import { DrillsQueries } from './drills.queries';
import { DrillsService } from './drills.service';
import { StartHints } from './live/start-hints';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [DrillsController],
  providers: [DrillsService, StartHints, DrillsQueries, DrillPlansQueries],
  exports: [DrillsQueries, DrillPlansQueries],
})
export class DrillsModule {}
