import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log';
import { AuditChain } from './chain/audit-chain';
import { DeniedAttempts } from './denied/denied-attempts';
import { AuditEventsController } from './events/audit-events.controller';
import { AuditEventsQueries } from './events/audit-events.queries';
import { AuditExport } from './events/audit-export';
import { HistoryController } from './events/history.controller';
import { ListExport } from './exports/list-export';
import { SightLog } from './sight-log';

@Module({
  controllers: [AuditEventsController, HistoryController],
  providers: [AuditLog, AuditChain, AuditEventsQueries, AuditExport, SightLog, DeniedAttempts, ListExport],
  exports: [AuditLog, AuditChain, SightLog, ListExport],
})
export class AuditModule {}
