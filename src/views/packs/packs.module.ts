import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { PackMaker } from './making/pack-maker';
import { PacksController } from './packs.controller';

@Module({ imports: [AuditModule, ObligationsModule], controllers: [PacksController], providers: [PackMaker] })
export class PacksModule {}
