/** What systems in operation are covered by, each counted as n of m (domain.md section 5). */
export const COVERAGES = ['BACKUP', 'OFFLINE_COPY', 'RESTORE_IN_TIME'] as const;
export type Coverage = (typeof COVERAGES)[number];

/** The lists behind the figures: m, n, and those that are missing. */
export const COVERAGE_LISTS = {
  BACKUP: { of: null, covered: 'BACKED_UP', missing: 'NOT_BACKED_UP' },
  OFFLINE_COPY: { of: null, covered: 'OFFLINE_COPY', missing: 'NO_OFFLINE_COPY' },
  RESTORE_IN_TIME: { of: 'RESTORED', covered: 'RESTORED_IN_TIME', missing: 'RESTORED_LATE' },
} as const satisfies Record<Coverage, { of: string | null; covered: string; missing: string }>;

/** By which a list of systems is narrowed to one of them. */
export const COVERED = [
  ...['BACKED_UP', 'NOT_BACKED_UP', 'OFFLINE_COPY', 'NO_OFFLINE_COPY'],
  ...['RESTORED', 'RESTORED_IN_TIME', 'RESTORED_LATE'],
] as readonly Covered[];
type Lists = (typeof COVERAGE_LISTS)[Coverage];
export type Covered = Lists['covered'] | Lists['missing'] | 'RESTORED';
