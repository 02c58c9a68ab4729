import type { Evidence } from '../../../api/types';

/** What a tool told of a run beside its outcome, times and sizes; null is what it did not say. */
export interface RunFacts {
  toolVersion?: string | null;
  host?: string | null;
  dataset?: string | null;
  location?: string | null;
  errorCount?: number | null;
  message?: string | null;
  coverage?: number | null;
  claimedPointAt?: string | null;
  copySite?: string | null;
  copies?: { location: string; immutable: boolean | null; immutableUntil: string | null }[];
  covers?: string[];
}

export const runOf = ({ run }: Evidence): RunFacts => (run ?? {}) as RunFacts;
