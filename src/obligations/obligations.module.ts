import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { EvidenceIntake } from './evidence-intake';
import { FreshVerdicts } from './clocks/fresh-verdicts';
import { NoticeClock } from './clocks/notice-clock';
import { ObligationLedger } from './obligation-ledger';
import { ObligationTick } from './clocks/obligation-tick';
import { ObligationsController } from './obligations.controller';
import { ObligationsQueries } from './obligations.queries';
import { PastVerdicts } from './past/past-verdicts';
import { PolicyDryRun } from './dry-run/policy-dry-run';
import { RefreshQueue } from './clocks/refresh-queue';
import { RuleTitles } from './rule-titles';
import { RunIntake } from './intake/run-intake';

const SHARED = [
  EvidenceIntake,
  FreshVerdicts,
  NoticeClock,
  ObligationLedger,
  ObligationTick,
  ObligationsQueries,
  PastVerdicts,
  PolicyDryRun,
  RefreshQueue,
  RuleTitles,
  RunIntake,
];

@Module({ imports: [AccessModule], controllers: [ObligationsController], providers: SHARED, exports: SHARED })
export class ObligationsModule {}
