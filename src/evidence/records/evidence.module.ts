import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { EvidenceController } from './evidence.controller';
import { EvidenceDetailQueries } from './evidence-detail.queries';
import { EvidenceQueries } from './evidence.queries';
import { EvidenceService } from './evidence.service';

@Module({
  imports: [AccessModule, AuditModule, ObligationsModule],
  controllers: [EvidenceController],
  providers: [EvidenceQueries, EvidenceDetailQueries, EvidenceService],
})
export class EvidenceModule {}
