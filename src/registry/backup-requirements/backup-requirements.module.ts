import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { BackupDecisionsService } from './backup-decisions.service';
import { BackupRequirementsController } from './backup-requirements.controller';
import { BackupRequirementsQueries } from './backup-requirements.queries';
import { BackupRequirementsService } from './backup-requirements.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [BackupRequirementsController],
  providers: [BackupRequirementsService, BackupDecisionsService, BackupRequirementsQueries],
})
export class BackupRequirementsModule {}
