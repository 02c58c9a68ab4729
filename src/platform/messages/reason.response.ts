import type { RenderedReason } from './render-reason';

/** A sentence with its code and parameters, in the language of the caller. */
export class ReasonResponse implements RenderedReason {
  code: string;
  params: Record<string, string | number | null>;
  text: string;
}
