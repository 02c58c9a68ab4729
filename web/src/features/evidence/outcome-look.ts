/** The colour of an outcome, beside its word. */
export const OUTCOME_LOOK = { PASSED: 'met', PARTIAL: 'soon', FAILED: 'late', RUNNING: 'none' } as const;
