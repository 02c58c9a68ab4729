import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { VersionDiffQueries } from './comparing/version-diff.queries';
import { ProcedureDecisionsService } from './procedure-decisions.service';
import { ProceduresController } from './procedures.controller';
import { ProceduresQueries } from './procedures.queries';
import { ProceduresService } from './procedures.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [ProceduresController],
  providers: [ProceduresService, ProcedureDecisionsService, ProceduresQueries, VersionDiffQueries],
})
export class ProceduresModule {}
