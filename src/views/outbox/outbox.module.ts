import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { DigestFormer } from './digest-former';
import { MailDelivery } from './mail-delivery';
import { OutboxController } from './outbox.controller';
import { OutboxService } from './outbox.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [OutboxController],
  providers: [DigestFormer, MailDelivery, OutboxService],
  exports: [DigestFormer, MailDelivery],
})
export class OutboxModule {}
