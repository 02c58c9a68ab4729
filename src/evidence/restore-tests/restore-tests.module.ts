import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { RestoreTestsController } from './restore-tests.controller';
import { RestoreTestsQueries } from './restore-tests.queries';
import { RestoreTestsService } from './restore-tests.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [RestoreTestsController],
  providers: [RestoreTestsService, RestoreTestsQueries],
})
export class RestoreTestsModule {}
