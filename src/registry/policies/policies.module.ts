import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { PacksController } from './packs/packs.controller';
import { PoliciesController } from './policies.controller';
import { PoliciesQueries } from './policies.queries';
import { PoliciesService } from './policies.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [PacksController, PoliciesController],
  providers: [PoliciesService, PoliciesQueries],
  exports: [PoliciesService],
})
export class PoliciesModule {}
