/**
 * The words of the pages for what the service answers. The shapes are generated from its description
 * (`npm run api --workspace web`); only their names are chosen here.
 */
import type {
  AchievedPointResponse,
  AchievedResponse,
  AchievedSummary as AchievedSummaryResponse,
  DrillProposal as DrillProposalResponse,
  DrillReadinessResponse,
  DrillResponse,
  DrillRunReportResponse,
  DrillRunResponse,
  DrillSummary as DrillSummaryResponse,
  PlanDrillRequest as PlanDrillRequestBody,
  RunEventResponse,
  RunStepResponse,
  SystemDrillPage,
  InletListResponse,
  InletResponse,
  IssuedInletResponse,
  KnownToolsResponse,
  RequirementRunsResponse,
  SubmissionResponse,
  SubmissionWithTextResponse,
  AuditEventResponse,
  ChainVerdictResponse,
  HistoryEvent as HistoryEventResponse,
  BulkChange as BulkChangeRequest,
  ApprovedOrRefused as ApprovedOrRefusedResponse,
  ApproveManyResponse,
  BulkDifference as BulkDifferenceResponse,
  BulkPreviewItem as BulkPreviewItemResponse,
  BulkPreviewResponse,
  HandOverItem as HandOverItemResponse,
  HandOverPreview as HandOverPreviewResponse,
  BegunTotpResponse,
  FactorsResponse,
  FirstFactorResponse,
  NewRecoveryCodesResponse,
  PasskeyResponse,
  SignInStateResponse,
  SecuritySettingsResponse,
  ApiTokenListResponse,
  ApiTokenResponse,
  IssuedApiTokenResponse,
  ActionResponse,
  AdviceResponse,
  AffectedObligation,
  AffectedResponse,
  BackupFindingResponse,
  BackupProfileResponse,
  BackupRequirementResponse,
  CheckedBackupRequirementResponse,
  ContactResponse,
  CopyResponse,
  CreateBackupRequirementRequest,
  CreateSystemRequest,
  DrillRequest,
  EvidenceDetailResponse,
  EvidenceRef as EvidenceRefResponse,
  EvidenceResponse,
  GroupMappingDto,
  GroupMappingsDto,
  ImportMapping,
  ImportProfileResponse,
  ImportResponse,
  ImportSummary,
  ImprovementDetailResponse,
  ImprovementResponse,
  InspectionResponse,
  ChannelListResponse,
  ChannelMessageResponse,
  ChannelResponse,
  ChannelTestResponse,
  IssuedChannelResponse,
  MailLinkResponse,
  MailResponse,
  MailTextResponse,
  MeResponse,
  ObligationResponse,
  OidcLogoutResponse,
  OrganisationResponse,
  PatchSystemRequest,
  EffectsResponse,
  PolicyChangesResponse,
  PolicyPreviewResponse,
  PolicyResponse,
  PolicyRuleResponse,
  ProcedureVersionResponse,
  ProfileEffectItem as ProfileEffectItemResponse,
  ProfileEffectResponse,
  ReminderResponse,
  ReadinessCell,
  ReadinessSystem,
  ReadinessSystemsPage,
  RecordedEvidenceResponse,
  RecordedRestoreTestResponse,
  RestoreTestRequest,
  RestoreTestResponse,
  RecordEvidenceRequest,
  RoleResponse,
  SessionResponse,
  SignInHintsResponse,
  StepResponse,
  SupervisedResponse,
  ForecastResponse,
  SystemListItem,
  SystemReadinessResponse,
  SystemResponse,
  TierChangeResponse,
  TierReadiness as TierReadinessOfOne,
  TiersResponse,
  TierTermsResponse,
  TransitionResponse,
  UserResponse,
  AnswersRequest,
  AssessmentResponse,
  DependenciesResponse,
  DependencyResponse,
  ImpactsRequest,
  PartOfItem,
  PassageResponse,
  PassagesResponse,
  ReadingResponse,
  SecretHintResponse,
  TextPartResponse,
  VersionDiffResponse,
  WaiverResponse,
} from './generated/types.gen';

export type { ImportMapping, OrganisationRef, PersonRef, PolicySummary, ProcedureSummary } from './generated/types.gen';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number;
}

export type Me = MeResponse;
export type Permission = MeResponse['permissions'][number];
export type Locale = MeResponse['user']['locale'];
export type Calendar = MeResponse['user']['calendar'];
export type Role = RoleResponse['role'];
export type OwnSession = SessionResponse;
export type ApiToken = ApiTokenResponse;
export type ApiTokenList = ApiTokenListResponse;
export type IssuedApiToken = IssuedApiTokenResponse;
export type SignOut = OidcLogoutResponse;
export type SignInState = SignInStateResponse;
export type Factor = SignInStateResponse['factors'][number];
export type Factors = FactorsResponse;
export type Passkey = PasskeyResponse;
export type BegunTotp = BegunTotpResponse;
export type FirstFactor = FirstFactorResponse;
export type NewRecoveryCodes = NewRecoveryCodesResponse;
export type SecuritySettings = SecuritySettingsResponse;
export type SignInHints = SignInHintsResponse;
export type User = UserResponse;
export type HeldRole = RoleResponse;
export type GroupMapping = GroupMappingDto;
export type GroupMappings = GroupMappingsDto;
export type Organisation = OrganisationResponse;
export type OrganisationKind = OrganisationResponse['kind'];

export type System = SystemResponse;
export type SystemSummary = SystemListItem;
export type NewSystem = CreateSystemRequest;
export type SystemChange = PatchSystemRequest;
export type TierChange = TierChangeResponse;
export type Tier = SystemResponse['tier'];
export type Lifecycle = SystemResponse['lifecycle'];
export type Hosting = SystemResponse['hosting'];
export type Verdict = NonNullable<SystemListItem['verdict']>;

export type Obligation = ObligationResponse;
export type State = ObligationResponse['state'];
export type ActionKind = ActionResponse['kind'];
export type Transition = TransitionResponse;

export type Readiness = SystemReadinessResponse;
export type TierReadiness = TiersResponse;
export type Supervised = SupervisedResponse;
export type Forecast = ForecastResponse;
export type TierRow = TierReadinessOfOne;
export type Heatmap = ReadinessSystemsPage;
export type HeatmapRow = ReadinessSystem;
export type HeatmapCell = ReadinessCell;

export type Evidence = EvidenceResponse;
export type EvidenceDetail = EvidenceDetailResponse;
export type EvidenceRef = EvidenceRefResponse;
export type RestoreTest = RestoreTestResponse;
export type NewRestoreTest = RestoreTestRequest;
export type RecordedRestoreTest = RecordedRestoreTestResponse;
export type EvidenceKind = EvidenceResponse['kind'];
export type Outcome = NewEvidence['outcome'];
export type Strength = EvidenceResponse['strength'];
export type NewEvidence = RecordEvidenceRequest;
export type RecordedEvidence = RecordedEvidenceResponse;
export type EvidenceDrill = DrillRequest;
export type DrillType = DrillRequest['type'];
export type Affected = AffectedObligation;
export type WithAffected = AffectedResponse;

export type ProcedureVersion = ProcedureVersionResponse;
export type ProcedureStep = StepResponse;
export type ProcedureContact = ContactResponse;

export type Reminder = ReminderResponse;
export type BackupRequirement = BackupRequirementResponse;
export type BackupTerms = Pick<
  BackupRequirementResponse,
  'method' | 'interval' | 'rpo' | 'retention' | 'generations' | 'verificationCadence' | 'restoreTestCadence' | 'copies'
>;
export type BackupProfile = BackupProfileResponse;
export type ProfileEffect = ProfileEffectResponse;
export type ProfileEffectItem = ProfileEffectItemResponse;
export type BackupFinding = BackupFindingResponse;
export type CheckedBackupRequirement = CheckedBackupRequirementResponse;
export type ApproveMany = ApproveManyResponse;
export type ApprovedOrRefused = ApprovedOrRefusedResponse;
export type BackupRequirementFields = CreateBackupRequirementRequest;
export type BackupCopy = CopyResponse;

export type Policy = PolicyResponse;
export type PolicyRule = PolicyRuleResponse;
export type PolicyPreview = PolicyPreviewResponse;
export type PolicyEffects = EffectsResponse;
export type PolicyChanges = PolicyChangesResponse;
export type TierTerms = TierTermsResponse;

export type AuditEvent = AuditEventResponse;
export type HistoryEvent = HistoryEventResponse;
export type ChainVerdict = ChainVerdictResponse;

export type OpenedLink = MailLinkResponse;
export type Mail = MailTextResponse;
export type MailSummary = MailResponse;
export type Channel = ChannelResponse;
export type ChannelList = ChannelListResponse;
export type ChannelMessage = ChannelMessageResponse;
export type ChannelTest = ChannelTestResponse;
export type IssuedChannel = IssuedChannelResponse;

export type Inlet = InletResponse;
export type InletList = InletListResponse;
export type IssuedInlet = IssuedInletResponse;
export type BackupTools = KnownToolsResponse;
export type RequirementRuns = RequirementRunsResponse;
export type Submission = SubmissionResponse;
export type SubmissionWithText = SubmissionWithTextResponse;

export type Inspection = InspectionResponse;
export type ImportProfile = ImportProfileResponse;
export type ImportRun = ImportResponse;
export type ImportRunSummary = ImportSummary;
export type OwnerPattern = NonNullable<NonNullable<ImportMapping['owner']>['pattern']>;

export type Passage = PassageResponse;
export type Passages = PassagesResponse;
export type Reading = ReadingResponse;
export type VersionDiff = VersionDiffResponse;
export type TextPart = TextPartResponse;
export type SecretHint = SecretHintResponse;
export type Assessment = AssessmentResponse;
export type Answers = AnswersRequest;
export type Impacts = ImpactsRequest;
export type Dependencies = DependenciesResponse;
export type Dependency = DependencyResponse;
export type Waiver = WaiverResponse;
export type HandOverItem = HandOverItemResponse;
export type HandOverPreview = HandOverPreviewResponse;
export type Improvement = ImprovementResponse;
export type ImprovementDetail = ImprovementDetailResponse;
export type ImprovementSource = ImprovementResponse['source'];
export type ImprovementStatus = ImprovementResponse['status'];
export type PartOfImprovement = PartOfItem;
export type BulkChange = BulkChangeRequest;
export type BulkDifference = BulkDifferenceResponse;
export type BulkField = BulkDifferenceResponse['field'];
export type BulkPreviewItem = BulkPreviewItemResponse;
export type BulkPreview = BulkPreviewResponse;

export type Achieved = AchievedResponse;
export type AchievedPoint = AchievedPointResponse;
export type AchievedSummary = AchievedSummaryResponse;
export type Drill = DrillResponse;
export type DrillSummary = DrillSummaryResponse;
export type DrillProposal = DrillProposalResponse;
export type DrillReadiness = DrillReadinessResponse;
export type PlanDrillRequest = PlanDrillRequestBody;
export type Recurrence = Drill['recurrence'];
export type TimeBasis = Drill['timeBasis'];
export type SystemDrills = SystemDrillPage;
export type DrillRun = DrillRunResponse;
export type DrillRunReport = DrillRunReportResponse;
export type RunEvent = RunEventResponse;
export type RunStep = RunStepResponse;
export type Advice = AdviceResponse;
