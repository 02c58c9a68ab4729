/** Why an obligation stands as it does (core/obligation, core/improvement). */
export const OBLIGATION_REASONS = [
  'PROVEN',
  'PROVEN_UNTIL',
  'PROOF_EXPIRES_SOON',
  'PROOF_EXPIRED',
  'IN_GRACE',
  'CHANGED_SINCE_REVIEW',
  'CHANGED_SINCE_REVIEW_OVERDUE',
  'LAST_PROOF_FAILED',
  'DRILL_OF_OLDER_VERSION',
  'DRILL_BEFORE_CHANGE',
  'NEVER_PROVEN',
  'NEVER_PROVEN_OVERDUE',
  'NO_BACKUP_REQUIREMENT',
  'NO_BACKUP_REQUIREMENT_OVERDUE',
  'RECOVERY_POINT_FINE',
  'RECOVERY_POINT_LATE',
  'RECOVERY_POINT_CRITICAL',
  'COPIES_SUFFICIENT',
  'COPIES_SHORT',
  'COPIES_SHORT_FROM',
  'WAIVED',
  'NOT_APPLICABLE',
  'IMPROVEMENT_OPEN',
  'IMPROVEMENT_OVERDUE',
] as const;

/** Every sentence the rules can say; each has its words under `reason.<CODE>` in the catalogue of every language. */
export const REASON_CODES = [
  ...OBLIGATION_REASONS,
  // how it stands with what a tool is to report (core/inlet)
  'INLET_WAITING',
  'INLET_NO_RUN',
  'INLET_ON_TIME',
  'INLET_RUNNING',
  'INLET_LATE',
  'INLET_MISSED',
  'INLET_NEVER_HEARD',
  'INLET_STUCK',
  'INLET_RUN_FAILED',
  'INLET_RUN_PARTIAL',
  'INLET_REFUSED',
  // what the runs of a backup requirement show (core/inlet)
  'INLET_STORE_EMPTY',
  'INLET_NONE_OF_OURS',
  'INLET_POINT_LOST',
  'SIZE_SHRUNK',
  'SIZE_GREW',
  'SIZE_ZERO',
  'COPY_NOT_REPORTED',
  'COPY_OUTDATED',
  'NEVER_VERIFIED',
  'NEVER_RESTORED',
  'CLOCK_AHEAD',
  // whether a drill is ready to begin (core/drill)
  'DRILL_PROCEDURE_APPROVED',
  'DRILL_PROCEDURE_NOT_APPROVED',
  'DRILL_PROCEDURE_OLD',
  'DRILL_PROCEDURE_NONE',
  'DRILL_CONTACTS_CONFIRMED',
  'DRILL_CONTACTS_NOT_CONFIRMED',
  'DRILL_RECOVERY_POINT_USABLE',
  'DRILL_RECOVERY_POINT_NONE',
  'DRILL_RECOVERY_POINT_LACKING',
  'DRILL_PEOPLE_READY',
  'DRILL_PEOPLE_WAITING',
  'DRILL_PEOPLE_NONE',
  'DRILL_CHECK_NAMED',
  'DRILL_CHECK_MISSING',
  // what is wrong with declared targets (core/policy)
  'TARGET_MISSING',
  'TARGET_TOO_LARGE',
  'RTO_ABOVE_MTD',
  // where a backup requirement falls short (core/backup)
  'INTERVAL_ABOVE_RPO',
  'RETENTION_TOO_SHORT',
  'COPIES_ON_ONE_MEDIUM',
  'VERIFICATION_TOO_SELDOM',
  'RESTORE_TEST_TOO_SELDOM',
  // why nobody can be reminded about a system (core/reminder)
  'NOBODY_NAMED',
  'NOBODY_REACHABLE',
  // why a system has its verdict, and the first sentence of a roll-up (core/readiness)
  'VERDICT_READY',
  'VERDICT_READY_WITH_WAIVERS',
  'VERDICT_AT_RISK',
  'VERDICT_NOT_READY',
  'VERDICT_UNKNOWN',
  'VERDICT_NO_DUTIES',
  'VERDICT_PLANNED',
  'VERDICT_RETIRED',
  'HEADLINE_EMPTY',
  'HEADLINE_NO_GAP',
  'HEADLINE_GAP',
  'HEADLINE_GAP_WITHOUT_OWNER',
  'HEADLINE_THEN',
  'HEADLINE_THEN_EMPTY',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** A sentence as data: the catalogue of each language turns it into words, so that page, API, mail and report say the same. */
export interface Reason {
  code: ReasonCode;
  params: Readonly<Record<string, string | number | null>>;
}
