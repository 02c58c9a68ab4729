import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { WaiversController } from './waivers.controller';
import { WaiversQueries } from './waivers.queries';
import { WaiversService } from './waivers.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [WaiversController],
  providers: [WaiversService, WaiversQueries],
})
export class WaiversModule {}
