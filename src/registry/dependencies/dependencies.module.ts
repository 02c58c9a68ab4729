import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module';
import { ObligationsModule } from '../../obligations/obligations.module';
import { DependenciesController } from './dependencies.controller';
import { DependenciesQueries } from './dependencies.queries';
import { DependenciesService } from './dependencies.service';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [DependenciesController],
  providers: [DependenciesService, DependenciesQueries],
})
export class DependenciesModule {}
