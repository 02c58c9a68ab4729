import type { NeutralRecord } from '../reading/neutral-record';
import type { Submission } from '../reading/submission';
import type { ToolOutput } from '../payload/tool-output';

/** What an adapter makes of one output. */
export interface Reading {
  records: NeutralRecord[];
  flags?: readonly string[];
  /** Whether the records tell of the very run that the envelope frames, and not of what a list holds. */
  ofThisRun?: boolean;
  /** Whether it is the list of all that a store holds, and not of jobs, of one backup or of a page: what is not on it is not there. */
  ofWholeStore?: boolean;
}

/** Whether a tool is declared by this name. */
export const isNameOf = ({ tool, aliases = [] }: Pick<ToolAdapter, 'tool' | 'aliases'>, name: string): boolean =>
  [tool, ...aliases].includes(name.toLowerCase());

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
  /** Set where the payload is only a remark beside what is declared. */
  takesAnything?: boolean;
  /** Whether the payload bears the marks of this tool and of no other. Cheap: it is asked of every tool. */
  fits(output: ToolOutput): boolean;
  /** Set for a format that only carries the output of other tools: what is inside, one or several. It is read in its place. */
  unwrap?(output: ToolOutput): readonly Submission[];
  /** Throws SubmissionRefused for what is not, or not wholly, the output of the tool. */
  read(output: ToolOutput): Reading;
  /** The line of shell that makes the tool report to the inlet. */
  commandFor(inletUrl: string): string;
}
