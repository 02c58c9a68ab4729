import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { ImportanceController } from './importance.controller';
import { ImportanceQueries } from './importance.queries';
import { ImportanceService } from './importance.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [ImportanceController],
  providers: [ImportanceService, ImportanceQueries],
})
export class ImportanceModule {}
