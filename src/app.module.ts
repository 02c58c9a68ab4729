import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AccessModule } from './access/access.module';
import { AuditModule } from './audit/audit.module';
import { DemoModule } from './demo/demo.module';
import { EvidenceModule } from './evidence/records/evidence.module';
import { InletModule } from './evidence/inlet/inlet.module';
import { ObligationsModule } from './obligations/obligations.module';
import { HttpModule } from './platform/http/serving/http.module';
import { BackupProfilesModule } from './registry/backup-requirements/profiles/backup-profiles.module';
import { BackupRequirementsModule } from './registry/backup-requirements/backup-requirements.module';
import { ImportsModule } from './registry/imports/imports.module';
import { AdviceModule } from './registry/advice/advice.module';
import { ImprovementsModule } from './registry/improvements/improvements.module';
import { OrganisationsModule } from './registry/organisations/organisations.module';
import { PoliciesModule } from './registry/policies/policies.module';
import { ProceduresModule } from './registry/procedures/procedures.module';
import { DependenciesModule } from './registry/dependencies/dependencies.module';
import { ImportanceModule } from './registry/importance/importance.module';
import { AchievedModule } from './evidence/achieved/achieved.module';
import { DrillsModule } from './evidence/drills/drills.module';
import { DrillRunsModule } from './evidence/drills/runs/drill-runs.module';
import { AttachmentsModule } from './evidence/attachments/attachments.module';
import { RestoreTestsModule } from './evidence/restore-tests/restore-tests.module';
import { WaiversModule } from './evidence/waivers/waivers.module';
import { SystemsModule } from './registry/systems/systems.module';
import { TierChangesModule } from './registry/tier-changes/tier-changes.module';
import { QueuesModule } from './views/queues/queues.module';
import { CalendarFeedsModule } from './views/calendar/feeds/calendar-feeds.module';
import { ExportsModule } from './views/exports/exports.module';
import { PacksModule } from './views/packs/packs.module';
import { OutboxModule } from './views/outbox/outbox.module';
import { ReadinessModule } from './views/readiness/readiness.module';
import { CalendarModule } from './views/calendar/calendar.module';
import { InboxModule } from './views/inbox/inbox.module';
import { RemindersModule } from './views/reminders/reminders.module';
import { ReportsModule } from './views/reports/reports.module';

/** Every feature of the product. A new one is added here, and serves HTTP and the worker alike. */
export const FEATURES: readonly Type[] = [
  AccessModule,
  AuditModule,
  ObligationsModule,
  OrganisationsModule,
  PoliciesModule,
  SystemsModule,
  DependenciesModule,
  ImportanceModule,
  TierChangesModule,
  ImportsModule,
  ProceduresModule,
  BackupProfilesModule,
  BackupRequirementsModule,
  EvidenceModule,
  InletModule,
  WaiversModule,
  ImprovementsModule,
  DrillsModule,
  DrillRunsModule,
  AchievedModule,
  AdviceModule,
  RestoreTestsModule,
  AttachmentsModule,
  ReadinessModule,
  RemindersModule,
  ReportsModule,
  CalendarModule,
  InboxModule,
  CalendarFeedsModule,
  OutboxModule,
  QueuesModule,
  ExportsModule,
  PacksModule,
  DemoModule,
];

/** The HTTP side: every feature and what all routes have in common. */
@Module({})
export class AppModule {
  static with(platform: DynamicModule): DynamicModule {
    return { module: AppModule, imports: [platform, ...FEATURES, HttpModule] };
  }
}
