/** The colour of an outcome, beside its word. */
export const OUTCOME_LOOK = { PASSED: 'met', PARTIAL: 'soon', FAILED: 'late', RUNNING: 'none' } as const;

/** Whether it is told how strong a proof is: what failed proves nothing, however far it went. */
export const proves = (outcome: keyof typeof OUTCOME_LOOK): boolean => outcome !== 'FAILED';
