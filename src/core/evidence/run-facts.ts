/** A copy of a recovery point. Null is what nobody says. */
export interface SeenCopy {
  location: string;
  immutable: boolean | null;
  immutableUntil: string | null;
}

/** What a tool tells of a run beside its outcome, times and sizes. Null is what it does not say. */
export interface RunFacts {
  toolVersion: string | null;
  host: string | null;
  dataset: string | null;
  location: string | null;
  errorCount: number | null;
  message: string | null;
  /** Of a verification: the part that was looked at, 0 to 1. */
  coverage: number | null;
  /** Where the times come from. */
  timeBasis: string | null;
  /** The point that the tool claims; differs from the one that counts when the claim cannot be. */
  claimedPointAt: string | null;
  /** The declared copy that the inlet reports of. */
  copySite: string | null;
  copies: readonly SeenCopy[];
  /** The runs whose recovery points were verified or restored. */
  covers: readonly string[];
}
