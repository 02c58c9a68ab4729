import type { BackupRequirement } from '../../api/types';

/** Approved is the colour of what is met only as long as it is in force. */
export function backupLook({ status, withdrawnOn }: Pick<BackupRequirement, 'status' | 'withdrawnOn'>) {
  if (withdrawnOn) return 'none';
  return status === 'APPROVED' ? 'met' : 'soon';
}
