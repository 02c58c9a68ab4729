/** One wrong field of a request: which, why as a stable code, and what the sentence needs. */
export interface FieldProblem {
  /** Path of the field in the request: `rto`, `copies[0].site`. */
  field: string;
  code: string;
  params?: Readonly<Record<string, string | number | null>>;
}

export interface ProblemDetails {
  params?: Readonly<Record<string, string | number | null>>;
  errors?: readonly FieldProblem[];
  /** Becomes the header `Retry-After`. */
  retryAfterSeconds?: number;
}

/**
 * A refusal with a stable code (RFC 9457). Services throw it; the filter turns it into problem+json in the caller's language
 * (`problem.<CODE>` and `field.<CODE>` of the catalogue).
 * Status: 400 malformed, 401, 403, 404 (also what may not be seen), 409 state conflict, 412 stale, 422 rule broken, 428 no If-Match, 429.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly details: ProblemDetails = {},
  ) {
    super(code);
  }
}

/** A refusal about one field. */
export function fieldProblem(
  status: 400 | 409 | 422,
  field: string,
  code: string,
  params?: FieldProblem['params'],
): Problem {
  return new Problem(status, 'INVALID_FIELDS', { errors: [{ field, code, params }] });
}
