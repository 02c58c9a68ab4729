import { Module } from '@nestjs/common';
import { ObligationsModule } from '../../obligations/obligations.module';
import { InboxController } from './inbox.controller';
import { InboxQueries } from './inbox.queries';
import { InboxService } from './inbox.service';

@Module({ imports: [ObligationsModule], controllers: [InboxController], providers: [InboxQueries, InboxService] })
export class InboxModule {}
