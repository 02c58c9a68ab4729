import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { ApproveManyController } from './approving/approve-many.controller';
import { ApproveManyService } from './approving/approve-many.service';
import { BackupDecisionsService } from './backup-decisions.service';
import { BackupRequirementsController } from './backup-requirements.controller';
import { BackupRequirementsQueries } from './backup-requirements.queries';
import { BackupRequirementsService } from './backup-requirements.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [BackupRequirementsController, ApproveManyController],
  providers: [BackupRequirementsService, BackupDecisionsService, ApproveManyService, BackupRequirementsQueries],
})
export class BackupRequirementsModule {}
