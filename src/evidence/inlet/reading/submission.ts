/** What a ping says, when a submission is one: the healthchecks words for a run that began, ended, failed or wrote a line. */
export const SIGNALS = ['START', 'SUCCESS', 'FAIL', 'LOG'] as const;
export type Signal = (typeof SIGNALS)[number];

/** One message to an inlet, before anything is known of what is in it. Bytes are as they were received. */
export interface Submission {
  /** Declared by `?tool=`, by the inlet or by the envelope; null when the payload must speak for itself. */
  tool: string | null;
  command: string | null;
  exitCode: number | null;
  /** IANA name of the zone that the tool prints its local times in; the zone of this server is never used. */
  sourceTimeZone: string | null;
  /** Of the envelope: when the wrapper started and ended the command. */
  startedAt: Date | null;
  finishedAt: Date | null;
  /** The wrapper's own id of the run, the same for its start, its end and every repeat of them. */
  rid: string | null;
  stdout: Buffer;
  stderr: Buffer;
  mediaType: string | null;
  receivedAt: Date;
  /** Set for a ping: `/start`, `/fail`, `/log`, an exit status or an empty body. */
  signal: Signal | null;
  /** The mapping that the inlet declares for generic JSON (`generic-json`), unchecked; null without one. */
  mapping: unknown;
}
