import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { UpkeepHandler } from './access/sign-in/upkeep-job';
import { FEATURES } from './app.module';
import { InletSizesHandler } from './evidence/inlet/schedule/inlet-sizes';
import { InletSweepHandler } from './evidence/inlet/schedule/inlet-sweep';
import { RawUpkeepHandler } from './evidence/inlet/schedule/raw-upkeep';
import { DemoPulseHandler } from './demo/demo-pulse';
import { RunStart } from './evidence/drills/live/run-start';
import { RunSweep } from './evidence/drills/live/run-sweep';
import { ReconcileHandler, RefreshHandler, TickHandler } from './obligations/clocks/obligation-jobs';
import { RUNS_JOBS } from './platform/health/health.service';
import type { JobHandler } from './platform/queue/job';
import { JOB_HANDLERS, QueueWorkers, SCHEDULES as SCHEDULES_TOKEN } from './platform/queue/queue-workers';
import { ImportHandler } from './registry/imports/import-handler';
import { PolicyPreviewHandler } from './registry/policies/preview/policy-preview-handler';
import { SCHEDULES } from './schedule';
import { ChannelMessageHandler, ChannelsHandler } from './views/outbox/channels/channel-jobs';
import { ReadinessDaysHandler } from './views/readiness/history/readiness-days-job';
import { ExpiryHandler } from './views/reminders/expiry/expiry-notices';
import { DigestHandler, SweepHandler } from './views/reminders/reminder-jobs';
import { UnreachableHandler } from './views/reminders/unreachable-notices';
import { ReportHandler, ScheduledReportsHandler } from './views/reports/making/report-jobs';

/** Every kind of job has its handler here and nowhere else, so that the HTTP process never runs one by accident. */
const HANDLERS: readonly Type<JobHandler<never>>[] = [
  TickHandler,
  InletSweepHandler,
  InletSizesHandler,
  RawUpkeepHandler,
  RefreshHandler,
  ReconcileHandler,
  SweepHandler,
  DigestHandler,
  ChannelsHandler,
  ChannelMessageHandler,
  UnreachableHandler,
  ExpiryHandler,
  RunSweep,
  RunStart,
  ImportHandler,
  PolicyPreviewHandler,
  UpkeepHandler,
  DemoPulseHandler,
  ReadinessDaysHandler,
  ReportHandler,
  ScheduledReportsHandler,
];

/** The worker side: every feature and the jobs. */
@Module({})
export class WorkerModule {
  static with(platform: DynamicModule): DynamicModule {
    return {
      module: WorkerModule,
      global: true,
      imports: [platform, ...FEATURES],
      providers: [
        ...HANDLERS,
        { provide: JOB_HANDLERS, inject: [...HANDLERS], useFactory: (...handlers: JobHandler[]) => handlers },
        { provide: SCHEDULES_TOKEN, useValue: SCHEDULES },
        { provide: RUNS_JOBS, useValue: true },
        QueueWorkers,
      ],
      exports: [RUNS_JOBS],
    };
  }
}
