import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { TierChangesController } from './tier-changes.controller';
import { TierChangesQueries } from './tier-changes.queries';
import { TierChangesService } from './tier-changes.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [TierChangesController],
  providers: [TierChangesService, TierChangesQueries],
})
export class TierChangesModule {}
