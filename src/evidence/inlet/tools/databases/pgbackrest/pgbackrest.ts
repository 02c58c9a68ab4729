import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import { reported } from '../../shell';
import type { ToolAdapter } from '../../tool-adapter';
import { isInfo, readInfo } from './pgbackrest-info';
import { isInfoText, readInfoText } from './pgbackrest-info-text';
import { readLog, verbOfLog } from './pgbackrest-log';

const TOOL = 'pgbackrest';
const VERBS = [
  'backup',
  'info',
  'verify',
  'restore',
  'expire',
  'check',
  'annotate',
  'archive-get',
  'archive-push',
  'manifest',
  'repo-get',
  'repo-ls',
  'stanza-create',
  'stanza-delete',
  'stanza-upgrade',
  'start',
  'stop',
  'version',
] as const;

function verbOf(output: ToolOutput): string | null {
  if (output.command.hasBehind(TOOL, ['--dry-run'])) return 'dry-run';
  const named = output.command.programOf([TOOL]) ? output.command.verbOf(TOOL, VERBS) : null;
  return named ?? (isInfo(output.document) || isInfoText(output) ? 'info' : verbOfLog(output));
}

export const PGBACKREST: ToolAdapter = {
  tool: TOOL,
  name: 'pgBackRest',
  programs: ['pgbackrest'],
  fits: (output) => isInfo(output.document) || isInfoText(output) || verbOfLog(output) !== null,
  read(output) {
    const verb = verbOf(output);
    switch (verb) {
      case 'info':
        return output.document === undefined && isInfoText(output) ? readInfoText(output) : readInfo(output);
      case 'backup':
      case 'verify':
      case 'restore':
        return readLog(output, verb);
      case null:
        if (output.hasFailed) return readLog(output, 'backup');
        throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'pgbackrest' });
      default:
        // Housekeeping, and a check of the archiving: no proof of a recovery point.
        return { records: [], flags: output.hasFailed ? ['TOOL_FAILED'] : [] };
    }
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'pgbackrest --stanza=main --log-level-console=info backup'),
};
