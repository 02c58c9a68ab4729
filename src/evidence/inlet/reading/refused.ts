import type { RefusalReason } from './refusal-reasons';

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

/** Why a submission is refused, in any language: the reason and what its sentence needs. */
export interface RefusalWhy {
  reason: RefusalReason;
  params: Readonly<Record<string, string | number | null>>;
}

/** A submission that cannot be evidence. */
export class SubmissionRefused extends Error {
  readonly why: RefusalWhy;

  constructor(
    readonly code: RefusalCode,
    reason: RefusalReason,
    params: RefusalWhy['params'] = {},
  ) {
    super(`${code}: ${reason}`);
    this.why = { reason, params };
  }
}
