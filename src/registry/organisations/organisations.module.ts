import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { OrganisationsController } from './organisations.controller';
import { OrganisationsQueries } from './organisations.queries';
import { OrganisationsService } from './organisations.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [OrganisationsController],
  providers: [OrganisationsService, OrganisationsQueries],
  exports: [OrganisationsService],
})
export class OrganisationsModule {}
