import type { BackupCopy, BackupRequirement, BackupRequirementFields, BackupTerms } from '../../../api/types';
import { durationOrNull } from '../../../ui/form/duration-field';

/** What a requirement and a profile ask for, as it is being written. */
export interface TermsDraft {
  method: string;
  interval: string;
  rpo: string;
  retention: string;
  generations: string;
  verificationCadence: string;
  restoreTestCadence: string;
  copies: BackupCopy[];
}

export interface BackupDraft extends TermsDraft {
  dataset: string;
}

/** The words of the field that have a meaning in both languages; any other text stays as it is. */
export const METHODS = ['FULL', 'INCREMENTAL', 'DIFFERENTIAL', 'SNAPSHOT', 'REPLICATION', 'LOG_SHIPPING'] as const;

export const emptyCopy = (): BackupCopy => ({
  site: '',
  medium: '',
  offsite: false,
  offline: false,
  immutable: false,
  encrypted: false,
  account: null,
});

export const emptyTerms = (): TermsDraft => ({
  method: '',
  interval: '',
  rpo: '',
  retention: '',
  generations: '',
  verificationCadence: '',
  restoreTestCadence: '',
  copies: [emptyCopy()],
});

export const REQUIRED_TERMS = ['method', 'interval', 'rpo', 'retention'] as const;

export const termsDraftOf = (terms: BackupTerms): TermsDraft => ({
  method: terms.method,
  interval: terms.interval,
  rpo: terms.rpo,
  retention: terms.retention,
  generations: terms.generations === null ? '' : String(terms.generations),
  verificationCadence: terms.verificationCadence ?? '',
  restoreTestCadence: terms.restoreTestCadence ?? '',
  copies: terms.copies,
});

export const backupDraftOf = (requirement: BackupRequirement): BackupDraft => ({
  dataset: requirement.dataset,
  ...termsDraftOf(requirement),
});

/** What the draft says so far, for the check against the policy; what has not been written is null. */
export const checkBodyOf = (draft: TermsDraft) => ({
  ...saidSoFar(draft),
  copies: draft.copies.map(({ site: _site, account: _account, ...checked }) => checked),
});

const saidSoFar = (draft: TermsDraft) => ({
  interval: durationOrNull(draft.interval),
  rpo: durationOrNull(draft.rpo),
  retention: durationOrNull(draft.retention),
  generations: draft.generations === '' ? null : Number(draft.generations),
  verificationCadence: durationOrNull(draft.verificationCadence),
  restoreTestCadence: durationOrNull(draft.restoreTestCadence),
  copies: draft.copies,
});

export function termsBodyOf(draft: TermsDraft): Omit<BackupRequirementFields, 'dataset'> {
  const { interval, rpo, retention, ...said } = saidSoFar(draft);
  return { method: draft.method, interval: interval ?? '', rpo: rpo ?? '', retention: retention ?? '', ...said };
}
