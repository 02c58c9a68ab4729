import { Module } from '@nestjs/common';
import { AuditModule } from '../../../audit/audit.module';
import { ObligationsModule } from '../../../obligations/obligations.module';
import { CalendarFeedsController } from './calendar-feeds.controller';
import { CalendarFeedsService } from './calendar-feeds.service';
import { FeedReader } from './feed-reader';
import { SubscriptionController } from './subscription.controller';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [CalendarFeedsController, SubscriptionController],
  providers: [CalendarFeedsService, FeedReader],
})
export class CalendarFeedsModule {}
