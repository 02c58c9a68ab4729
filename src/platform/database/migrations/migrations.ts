import { Tables1764000000000 } from './1764000000000-tables';
import { Guards1764000001000 } from './1764000001000-guards';
import { AuditChain1764000002000 } from './1764000002000-audit-chain';
import { OwnSessions1764000003000 } from './1764000003000-own-sessions';
import { Tokens1764000004000 } from './1764000004000-tokens';
import { RateLimits1764000004001 } from './1764000004001-rate-limits';
import { Oidc1764000004002 } from './1764000004002-oidc';
import { Roles1764000005000 } from './1764000005000-roles';
import { SecondFactors1764000006000 } from './access/1764000006000-second-factors';
import { Passkeys1764000006001 } from './access/1764000006001-passkeys';
import { SecuritySettings1764000006002 } from './access/1764000006002-security-settings';
import { SignInPlaces1764000006500 } from './access/1764000006500-sign-in-places';
import { AuditActors1764000007000 } from './audit/1764000007000-audit-actors';
import { ErasedPeople1764000007100 } from './audit/1764000007100-erased-people';
import { ChainAlongIndex1764000044000 } from './audit/1764000044000-chain-along-index';
import { Duties1764000008000 } from './access/1764000008000-duties';
import { Auditors1764000008100 } from './access/1764000008100-auditors';
import { Supervision1764000008200 } from './access/1764000008200-supervision';
import { MailLinks1764000008300 } from './access/1764000008300-mail-links';
import { Calendar1764000009000 } from './access/1764000009000-calendar';
import { ProcedureLaunch1764000010000 } from './registry/1764000010000-procedure-launch';
import { Dependencies1764000011000 } from './registry/1764000011000-dependencies';
import { Importance1764000012000 } from './registry/1764000012000-importance';
import { Waivers1764000013000 } from './registry/1764000013000-waivers';
import { PolicyPreviews1764000014000 } from './registry/1764000014000-policy-previews';
import { Notices1764000015000 } from './registry/1764000015000-notices';
import { BackupTerms1764000016000 } from './registry/1764000016000-backup-terms';
import { BackupProfiles1764000016100 } from './registry/1764000016100-backup-profiles';
import { ImprovementItems1764000017000 } from './registry/improvements/1764000017000-improvement-items';
import { AdviceRequests1764000017100 } from './registry/improvements/1764000017100-advice-requests';
import { Inlets1764000019000 } from './inlets/1764000019000-inlets';
import { InletNotices1764000023000 } from './inlets/1764000023000-inlet-notices';
import { AssessedDependents1764000020300 } from './registry/1764000020300-assessed-dependents';
import { Drills1764000020000 } from './evidence/1764000020000-drills';
import { DrillRuns1764000020100 } from './evidence/1764000020100-drill-runs';
import { RestoreTests1764000020200 } from './evidence/1764000020200-restore-tests';
import { RestoreTestAttachments1764000033000 } from './evidence/1764000033000-restore-test-attachments';
import { AttachmentsOfDemo1764000034000 } from './evidence/1764000034000-attachments-of-demo';
import { TurnedBy1764000040000 } from './readiness/1764000040000-turned-by';
import { Coverage1764000042000 } from './readiness/1764000042000-coverage';
import { SystemsOfNobody1764000043200 } from './readiness/1764000043200-systems-of-nobody';
import { Raises1764000043000 } from './registry/1764000043000-raises';
import { EasedPolicies1764000043100 } from './registry/1764000043100-eased-policies';
import { DrillNotices1764000039000 } from './reminders/1764000039000-drill-notices';
import { ReportNotices1764000041000 } from './reports/1764000041000-report-notices';
import { SharedDrills1764000036000 } from './evidence/1764000036000-shared-drills';
import { UnusualSizes1764000045000 } from './inlets/1764000045000-unusual-sizes';
import { Recoveries1764000046000 } from './evidence/1764000046000-recoveries';
import { OwnNames1764000047000 } from './inlets/1764000047000-own-names';
import { RefusalsInNoLanguage1764000048000 } from './inlets/1764000048000-refusals-in-no-language';
import { KindsOfNews1764000049000 } from './inlets/1764000049000-kinds-of-news';
import { SizesOfInlets1764000050000 } from './inlets/1764000050000-sizes-of-inlets';
import { EvidenceSorts1764000020400 } from './evidence/1764000020400-evidence-sorts';
import { DetailsOfNew1764000020500 } from './access/1764000020500-details-of-new';
import { Channels1764000024000 } from './channels/1764000024000-channels';
import { ReadinessDays1764000025000 } from './readiness/1764000025000-readiness-days';
import { TransitionsByTime1764000026000 } from './readiness/1764000026000-transitions-by-time';
import { Acknowledgements1764000027000 } from './reminders/1764000027000-acknowledgements';
import { NearestDue1764000028000 } from './readiness/1764000028000-nearest-due';
import { Snoozes1764000029000 } from './reminders/1764000029000-snoozes';
import { Reports1764000030000 } from './reports/1764000030000-reports';
import { Inbox1764000031000 } from './reminders/1764000031000-inbox';
import { ExpiryNotices1764000032000 } from './reminders/1764000032000-expiry-notices';
import { CalendarFeeds1764000037000 } from './access/1764000037000-calendar-feeds';

/** Every migration, oldest first. Never edited after it has landed; a new one is appended. */
export const MIGRATIONS = [
  Tables1764000000000,
  Guards1764000001000,
  AuditChain1764000002000,
  OwnSessions1764000003000,
  Tokens1764000004000,
  RateLimits1764000004001,
  Oidc1764000004002,
  Roles1764000005000,
  SecondFactors1764000006000,
  Passkeys1764000006001,
  SecuritySettings1764000006002,
  SignInPlaces1764000006500,
  AuditActors1764000007000,
  ErasedPeople1764000007100,
  Duties1764000008000,
  Auditors1764000008100,
  Supervision1764000008200,
  MailLinks1764000008300,
  Calendar1764000009000,
  ProcedureLaunch1764000010000,
  Dependencies1764000011000,
  Importance1764000012000,
  Waivers1764000013000,
  PolicyPreviews1764000014000,
  Notices1764000015000,
  BackupTerms1764000016000,
  BackupProfiles1764000016100,
  ImprovementItems1764000017000,
  AdviceRequests1764000017100,
  Inlets1764000019000,
  Drills1764000020000,
  DrillRuns1764000020100,
  RestoreTests1764000020200,
  AssessedDependents1764000020300,
  EvidenceSorts1764000020400,
  DetailsOfNew1764000020500,
  InletNotices1764000023000,
  Channels1764000024000,
  ReadinessDays1764000025000,
  TransitionsByTime1764000026000,
  Acknowledgements1764000027000,
  NearestDue1764000028000,
  Snoozes1764000029000,
  Reports1764000030000,
  Inbox1764000031000,
  ExpiryNotices1764000032000,
  RestoreTestAttachments1764000033000,
  AttachmentsOfDemo1764000034000,
  SharedDrills1764000036000,
  CalendarFeeds1764000037000,
  DrillNotices1764000039000,
  TurnedBy1764000040000,
  ReportNotices1764000041000,
  Coverage1764000042000,
  Raises1764000043000,
  EasedPolicies1764000043100,
  SystemsOfNobody1764000043200,
  ChainAlongIndex1764000044000,
  UnusualSizes1764000045000,
  Recoveries1764000046000,
  OwnNames1764000047000,
  RefusalsInNoLanguage1764000048000,
  KindsOfNews1764000049000,
  SizesOfInlets1764000050000,
];
