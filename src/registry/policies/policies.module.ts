import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { ApplyPack } from './packs/apply-pack';
import { PacksController } from './packs/packs.controller';
import { PoliciesController } from './policies.controller';
import { PoliciesQueries } from './policies.queries';
import { PoliciesService } from './policies.service';
import { PolicyPreviewsController } from './preview/policy-previews.controller';
import { PolicyPreviewsQueries } from './preview/policy-previews.queries';
import { PolicyPreviewsService } from './preview/policy-previews.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [PacksController, PoliciesController, PolicyPreviewsController],
  providers: [ApplyPack, PoliciesService, PoliciesQueries, PolicyPreviewsService, PolicyPreviewsQueries],
  exports: [ApplyPack, PoliciesService, PolicyPreviewsService],
})
export class PoliciesModule {}
