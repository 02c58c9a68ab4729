import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { OutboxModule } from '../outbox/outbox.module';
import { ReminderSweep } from './reminder-sweep';
import { RemindersController } from './reminders.controller';
import { RemindersQueries } from './reminders.queries';

@Module({
  imports: [AuditModule, ObligationsModule, OutboxModule],
  controllers: [RemindersController],
  providers: [ReminderSweep, RemindersQueries],
  exports: [OutboxModule, ReminderSweep],
})
export class RemindersModule {}
