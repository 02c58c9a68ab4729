import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { ImportProfilesController } from './profiles/import-profiles.controller';
import { ImportProfilesService } from './profiles/import-profiles.service';
import { ImportsController } from './imports.controller';
import { ImportsQueries } from './imports.queries';
import { ImportsService } from './imports.service';
import { SystemsImport } from './run/systems-import';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [ImportsController, ImportProfilesController],
  providers: [ImportsService, ImportsQueries, ImportProfilesService, SystemsImport],
  exports: [SystemsImport],
})
export class ImportsModule {}
