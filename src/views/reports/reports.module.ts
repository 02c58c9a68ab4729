import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { ReportMaker } from './making/report-maker';
import { ScheduledReports } from './making/scheduled-reports';
import { ReportsController } from './reports.controller';
import { ReportsQueries } from './reports.queries';
import { ReportsService } from './reports.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [ReportsController],
  providers: [ReportMaker, ReportsQueries, ReportsService, ScheduledReports],
  exports: [ReportMaker, ScheduledReports],
})
export class ReportsModule {}
