import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { OutboxModule } from '../outbox/outbox.module';
import { AcknowledgementsController } from './acknowledgement/acknowledgements.controller';
import { AcknowledgementsService } from './acknowledgement/acknowledgements.service';
import { ReminderSweep } from './reminder-sweep';
import { RemindersController } from './reminders.controller';
import { RemindersQueries } from './reminders.queries';
import { SnoozesController } from './snoozes/snoozes.controller';
import { SweepStateController } from './sweep-state/sweep-state.controller';
import { SnoozesService } from './snoozes/snoozes.service';

@Module({
  imports: [AuditModule, ObligationsModule, OutboxModule],
  controllers: [AcknowledgementsController, RemindersController, SnoozesController, SweepStateController],
  providers: [AcknowledgementsService, ReminderSweep, RemindersQueries, SnoozesService],
  exports: [OutboxModule, ReminderSweep],
})
export class RemindersModule {}
