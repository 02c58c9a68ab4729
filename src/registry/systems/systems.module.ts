import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { BulkEditController } from './bulk/bulk-edit.controller';
import { BulkEditService } from './bulk/bulk-edit.service';
import { HandOverController } from './hand-over/hand-over.controller';
import { HandOverQueries } from './hand-over/hand-over.queries';
import { HandOverService } from './hand-over/hand-over.service';
import { SystemsController } from './systems.controller';
import { SystemsListQueries } from './systems-list.queries';
import { SystemsQueries } from './systems.queries';
import { SystemsService } from './systems.service';
import { SystemEdits } from './writing/system-edits';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [SystemsController, HandOverController, BulkEditController],
  providers: [
    SystemsService,
    SystemsQueries,
    SystemsListQueries,
    SystemEdits,
    HandOverService,
    BulkEditService,
    HandOverQueries,
  ],
})
export class SystemsModule {}
