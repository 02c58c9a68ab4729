import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { InletModule } from '../evidence/inlet/inlet.module';
import { ReadinessModule } from '../views/readiness/readiness.module';
import { ReportsModule } from '../views/reports/reports.module';
import { ObligationsModule } from '../obligations/obligations.module';
import { DemoController } from './demo.controller';
import { DemoService } from './demo.service';
import { DemoSeed } from './demo-seed';
import { DemoTools } from './demo-tools';

@Module({
  imports: [AuditModule, InletModule, ObligationsModule, ReadinessModule, ReportsModule],
  controllers: [DemoController],
  providers: [DemoSeed, DemoService, DemoTools],
  exports: [DemoSeed, DemoTools],
})
export class DemoModule {}
