/** A duty as those who are told of it know it. */
export interface ToldDuty {
  obligationId: string;
  /** Null for what an organisation owes for itself. */
  systemId: string | null;
  improvementItemId: string | null;
}

/**
 * The path of the page on which a duty is cleared: that of the improvement item, or the system with the dialog of the duty. The pages say the
 * same by `clearingPlace`.
 */
export function dutyPath({ obligationId, systemId, improvementItemId }: ToldDuty): string {
  if (improvementItemId) return `/improvements/${improvementItemId}`;
  return `/systems/${systemId}?tab=obligations&act=${obligationId}`;
}
