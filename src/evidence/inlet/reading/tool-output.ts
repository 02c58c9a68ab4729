import type { Submission } from './submission';

/** The output of a tool as text, decoded once and parsed at most once. */
export class ToolOutput {
  constructor(readonly submission: Submission) {}
}
