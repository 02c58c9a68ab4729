import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { AdviceController } from './advice.controller';
import { AdviceQueries } from './advice.queries';
import { AdviceService } from './advice.service';

@Module({ imports: [AuditModule], controllers: [AdviceController], providers: [AdviceService, AdviceQueries] })
export class AdviceModule {}
