/** Why a submission is refused. Its bytes are kept with the reason, and no record is made of it. */
export const REFUSAL_CODES = [
  'UNKNOWN_TOOL',
  'AMBIGUOUS_TOOL',
  /** The payload is not of the tool that was declared. */
  'TOOL_MISMATCH',
  /** A list could not be made: that a store cannot be reached does not say that it is empty. */
  'TOOL_FAILED',
  'NOT_PARSEABLE',
  'TRUNCATED',
  'TOO_DEEP',
  'TOO_LARGE',
  'TOO_MANY_RECORDS',
  'WRONG_ENCODING',
  /** The envelope, a neutral record or a mapping does not have its shape. */
  'INVALID_FIELDS',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A submission that cannot be evidence. `seen` says what was there instead, short and fit to be shown. */
export class SubmissionRefused extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly seen: Readonly<Record<string, string | number | null>> = {},
  ) {
    super(message);
  }
}
