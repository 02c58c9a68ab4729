import { isNameOf, type ToolAdapter } from '../tools/tool-adapter';
import { GENERIC_JSON } from '../tools/signals/generic-json';
import { PING } from '../tools/signals/ping';
import { TOOLS } from '../tools/tools';
import { SubmissionRefused } from './refused';
import type { ToolOutput } from '../payload/tool-output';

/**
 * The adapter for an output: the declared tool, the mapping that the inlet declares, else the one that the command runs, else the only one whose marks the payload bears.
 * Throws SubmissionRefused: `UNKNOWN_TOOL`, `AMBIGUOUS_TOOL`, or `TOOL_MISMATCH` when the payload is another tool's.
 */
export function chooseTool(output: ToolOutput): ToolAdapter {
  const { tool, mapping } = output.submission;
  const declared = tool ?? (mapping === null ? null : GENERIC_JSON.tool);
  const expected = declared === null ? ranBy(output) : declaredAs(declared);
  if (expected?.takesAnything || expected?.fits(output)) return expected;
  // A silent run of the declared tool is no ping.
  const fitting = TOOLS.filter((candidate) => (!expected || !candidate.takesAnything) && candidate.fits(output));
  // What only carries outputs carries those of the declared tool.
  const carrier = fitting.find(({ unwrap }) => unwrap);
  if (carrier) return carrier;
  if (expected) {
    if (fitting.length === 0) return expected;
    throw new SubmissionRefused('TOOL_MISMATCH', 'OTHER_TOOL', { declared: expected.name, seen: namesOf(fitting) });
  }
  const [only, ...others] = fitting;
  if (!only && isPingWithLog(output)) return PING;
  // JSON that was cut, or is none, is refused as that.
  if (!only && /^\s*[[{]/.test(output.stdout) && output.jsonLines().events.length === 0) output.requireDocument();
  if (!only) throw new SubmissionRefused('UNKNOWN_TOOL', 'NO_TOOL_KNOWN');
  if (others.length > 0) throw new SubmissionRefused('AMBIGUOUS_TOOL', 'SEVERAL_TOOLS', { tools: namesOf(fitting) });
  return only;
}

/** As healthchecks takes it: how a command ended stands in the address, and what it printed comes with it. */
const isPingWithLog = ({ submission, stdout }: ToolOutput): boolean =>
  submission.exitCode !== null &&
  submission.command === null &&
  submission.startedAt === null &&
  !/^\s*[[{<]/.test(stdout);

function declaredAs(tool: string): ToolAdapter {
  const found = TOOLS.find((adapter) => isNameOf(adapter, tool));
  if (!found) throw new SubmissionRefused('UNKNOWN_TOOL', 'NO_SUCH_TOOL', { tool: tool.slice(0, 80) });
  return found;
}

function ranBy({ command }: ToolOutput): ToolAdapter | null {
  const program = command.programOf(TOOLS.flatMap(({ programs }) => programs ?? []));
  return TOOLS.find(({ programs }) => program !== null && programs?.includes(program)) ?? null;
}

const namesOf = (adapters: readonly ToolAdapter[]): string => adapters.map(({ name }) => name).join(', ');
