import type { NeutralRecord } from '../reading/neutral-record';
import type { ToolOutput } from '../reading/tool-output';

/** What an adapter makes of one output. */
export interface Reading {
  records: NeutralRecord[];
  flags?: readonly string[];
  /** Whether the records tell of the very run that the envelope frames, and not of what a list holds. */
  ofThisRun?: boolean;
}

/** All that is known of one backup tool. */
export interface ToolAdapter {
  /** The name in `?tool=` and in records: `restic`. */
  tool: string;
  /** As its makers write it. */
  name: string;
  /** Other names that it is declared by. */
  aliases?: readonly string[];
  /** Programs whose command line speaks for it. */
  programs?: readonly string[];
  /** Whether the payload bears the marks of this tool and of no other. Cheap: it is asked of every tool. */
  fits(output: ToolOutput): boolean;
  /** Throws SubmissionRefused for what is not, or not wholly, the output of the tool. */
  read(output: ToolOutput): Reading;
  /** The line of shell that makes the tool report to the inlet. */
  commandFor(inletUrl: string): string;
}
