import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { ImprovementDecisionsService } from './improvement-decisions.service';
import { ImprovementDetailsQueries } from './improvement-details.queries';
import { ImprovementsController } from './improvements.controller';
import { ImprovementsQueries } from './improvements.queries';
import { ImprovementsService } from './improvements.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [ImprovementsController],
  providers: [ImprovementsService, ImprovementDecisionsService, ImprovementsQueries, ImprovementDetailsQueries],
})
export class ImprovementsModule {}
