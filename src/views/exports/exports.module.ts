import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { ObligationsExportController } from './obligations-export.controller';

@Module({ imports: [AuditModule, ObligationsModule], controllers: [ObligationsExportController] })
export class ExportsModule {}
