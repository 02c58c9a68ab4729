import { PasskeyChallenge } from './access/factors/passkeys/passkey-challenge.entity';
import { Passkey } from './access/factors/passkeys/passkey.entity';
import { RecoveryCode } from './access/factors/recovery/recovery-code.entity';
import { SecuritySettings } from './access/factors/requirement/security-settings.entity';
import { TotpFactor } from './access/factors/totp/totp-factor.entity';
import { OidcIdentity } from './access/oidc/account/oidc-identity.entity';
import { GroupMapping } from './access/oidc/groups/group-mapping.entity';
import { MappedRole } from './access/oidc/groups/mapped-role.entity';
import { UsedLogoutToken } from './access/oidc/logout/used-logout-token.entity';
import { OidcAttempt } from './access/oidc/oidc-attempt.entity';
import { OidcSession } from './access/oidc/oidc-session.entity';
import { MailLink } from './access/mail-links/mail-link.entity';
import { RoleAssignment } from './access/role-assignment.entity';
import { Session } from './access/sessions/session.entity';
import { SignInAttempt } from './access/sign-in/sign-in-attempt.entity';
import { SignInPlace } from './access/sign-in/sign-in-place.entity';
import { ApiTokenAddress } from './access/tokens/api-token-address.entity';
import { ApiToken } from './access/tokens/api-token.entity';
import { User } from './access/user.entity';
import { AuditEvent } from './audit/audit-event.entity';
import { AuditLink } from './audit/audit-link.entity';
import { Evidence } from './evidence/records/evidence.entity';
import { Notice } from './obligations/notices/notice.entity';
import { Obligation } from './obligations/obligation.entity';
import { ObligationTransition } from './obligations/obligation-transition.entity';
import { ReadinessCount } from './obligations/readiness-count.entity';
import { SystemReadiness } from './obligations/system-readiness.entity';
import { ReadinessDayCount } from './views/readiness/history/readiness-day-count.entity';
import { ReadinessDay } from './views/readiness/history/readiness-day.entity';
import { Setting } from './platform/database/setting.entity';
import { Heartbeat } from './platform/health/heartbeat.entity';
import { IdempotencyKey } from './platform/http/idempotency/idempotency-key.entity';
import { RateLimitCount } from './platform/http/rate-limit/rate-limit-count.entity';
import { BackupProfile } from './registry/backup-requirements/profiles/backup-profile.entity';
import { AdviceRequest } from './registry/advice/advice-request.entity';
import { BackupRequirement } from './registry/backup-requirements/backup-requirement.entity';
import { ImportanceAssessment } from './registry/importance/importance-assessment.entity';
import { ImportProfile } from './registry/imports/import-profile.entity';
import { ImportRejection } from './registry/imports/import-rejection.entity';
import { ImportRun } from './registry/imports/import-run.entity';
import { ImprovementItem } from './registry/improvements/improvement-item.entity';
import { ImprovementProgress } from './registry/improvements/improvement-progress.entity';
import { OrganisationClosure } from './registry/organisations/organisation-closure.entity';
import { Organisation } from './registry/organisations/organisation.entity';
import { Policy } from './registry/policies/policy.entity';
import { PolicyPreview } from './registry/policies/preview/policy-preview.entity';
import { ProcedureVersion } from './registry/procedures/procedure-version.entity';
import { Procedure } from './registry/procedures/procedure.entity';
import { SystemDependency } from './registry/dependencies/system-dependency.entity';
import { DrillParticipant } from './evidence/drills/drill-participant.entity';
import { Drill } from './evidence/drills/drill.entity';
import { DrillRun } from './evidence/drills/runs/drill-run.entity';
import { RestoreTestAttachment } from './evidence/attachments/attachment.entity';
import { RestoreTest } from './evidence/restore-tests/restore-test.entity';
import { RunEvent } from './evidence/drills/runs/run-event.entity';
import { RunStep } from './evidence/drills/runs/steps/run-step.entity';
import { Waiver } from './evidence/waivers/waiver.entity';
import { System } from './registry/systems/system.entity';
import { TierChange } from './registry/tier-changes/tier-change.entity';
import { Mail } from './views/outbox/mail.entity';
import { ReportComment } from './views/reports/report-comment.entity';
import { Report } from './views/reports/report.entity';
import { Reminder } from './views/reminders/reminder.entity';
import { Snooze } from './views/reminders/snoozes/snooze.entity';
import { Inlet } from './evidence/inlet/inlet.entity';
import { RawPayload } from './evidence/inlet/raw-payload.entity';
import { Submission } from './evidence/inlet/submission.entity';
import { RefreshDue } from './obligations/clocks/refresh-due.entity';
import { CalendarFeed } from './views/calendar/feeds/calendar-feed.entity';
import { CalendarFeedEntry } from './views/calendar/feeds/calendar-feed-entry.entity';
import { Channel } from './views/outbox/channels/channel.entity';
import { ChannelItem } from './views/outbox/channels/channel-item.entity';
import { ChannelMessage } from './views/outbox/channels/channel-message.entity';

/** Every table of the product. A new entity is added here and gets a migration. */
export const ENTITIES = [
  AdviceRequest,
  ApiToken,
  ApiTokenAddress,
  AuditEvent,
  AuditLink,
  BackupProfile,
  BackupRequirement,
  CalendarFeed,
  CalendarFeedEntry,
  Channel,
  ChannelItem,
  ChannelMessage,
  Drill,
  DrillParticipant,
  DrillRun,
  Evidence,
  GroupMapping,
  Heartbeat,
  IdempotencyKey,
  ImportanceAssessment,
  ImportProfile,
  ImportRejection,
  ImportRun,
  ImprovementItem,
  ImprovementProgress,
  Inlet,
  Mail,
  MailLink,
  MappedRole,
  Notice,
  Obligation,
  ObligationTransition,
  OidcAttempt,
  OidcIdentity,
  OidcSession,
  Organisation,
  OrganisationClosure,
  Passkey,
  PasskeyChallenge,
  Policy,
  PolicyPreview,
  Procedure,
  ProcedureVersion,
  RateLimitCount,
  RawPayload,
  ReadinessCount,
  ReadinessDay,
  ReadinessDayCount,
  RecoveryCode,
  RefreshDue,
  Reminder,
  Report,
  ReportComment,
  RestoreTest,
  RestoreTestAttachment,
  RoleAssignment,
  RunEvent,
  RunStep,
  SecuritySettings,
  Session,
  Setting,
  SignInAttempt,
  SignInPlace,
  Snooze,
  Submission,
  System,
  SystemDependency,
  SystemReadiness,
  TierChange,
  TotpFactor,
  UsedLogoutToken,
  User,
  Waiver,
];
