import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { SystemsController } from './systems.controller';
import { SystemsListQueries } from './systems-list.queries';
import { SystemsQueries } from './systems.queries';
import { SystemsService } from './systems.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [SystemsController],
  providers: [SystemsService, SystemsQueries, SystemsListQueries],
})
export class SystemsModule {}
