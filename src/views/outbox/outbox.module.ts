import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { OutwardPost } from '../../platform/outward/outward-post';
import { ChannelDelivery } from './channels/channel-delivery';
import { ChannelFormer } from './channels/channel-former';
import { ChannelMessagesService } from './channels/channel-messages.service';
import { ChannelsController } from './channels/channels.controller';
import { ChannelsService } from './channels/channels.service';
import { DigestFormer } from './digest/digest-former';
import { MailDelivery } from './mail-delivery';
import { OutboxController } from './outbox.controller';
import { OutboxService } from './outbox.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [OutboxController, ChannelsController],
  providers: [
    DigestFormer,
    MailDelivery,
    OutboxService,
    OutwardPost,
    ChannelFormer,
    ChannelDelivery,
    ChannelsService,
    ChannelMessagesService,
  ],
  exports: [DigestFormer, MailDelivery, ChannelFormer, ChannelDelivery],
})
export class OutboxModule {}
