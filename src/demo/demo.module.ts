import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { ReadinessModule } from '../views/readiness/readiness.module';
import { ReportsModule } from '../views/reports/reports.module';
import { ObligationsModule } from '../obligations/obligations.module';
import { DemoController } from './demo.controller';
import { DemoService } from './demo.service';
import { DemoSeed } from './demo-seed';

@Module({
  imports: [AuditModule, ObligationsModule, ReadinessModule, ReportsModule],
  controllers: [DemoController],
  providers: [DemoSeed, DemoService],
  exports: [DemoSeed],
})
export class DemoModule {}
