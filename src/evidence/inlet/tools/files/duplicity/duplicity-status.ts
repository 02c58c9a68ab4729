import type { ToolOutput } from '../../../payload/tool-output';
import { type SourceClock, offsetTime } from '../../../payload/tool-times';
import type { NeutralRecord } from '../../../reading/neutral-record';
import { recordOf } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { Reading } from '../../tool-adapter';

const TOOL = 'duplicity';
export const STATUS = /^Collection Status$/m;
/** ` full 20261123T020149Z 1 enc`: of `--log-fd`, in UTC. */
const MACHINE_SET = /^ (full|inc) (\d{8}T\d{6}Z) (\d+)\b|^chain-\w+/gm;
/** `Incremental  Mon Nov 23 02:02:01 2026  1`, in local time. */
const HUMAN_SET = /^ {2,}(Full|Incremental) {2,}(\w{3} \w{3} +\d+ [\d:]+ \d{4}) {2,}(\d+)$|^Chain start time:/gm;
const MACHINE_END = /^incomplete-sets-num \d+$/m;
const HUMAN_END =
  /^(?:No orphaned or incomplete backup sets found\.|Also found \d+ backup set(?:s|\(s\))? not part of any chain.*)$/m;
const LEFTOVERS =
  /^Also found (?!0 backup set(?:s|\(s\))? not part of any chain,\s+and 0 incomplete)|^(?:orphaned|incomplete)-sets-num [1-9]/m;
const NO_CHAINS = /^No backup chains with active signatures found$/m;

/** The sets of a store, for people or by `--log-fd`. */
export function readStatus(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'duplicity' });
  const { stdout } = output;
  const machine = MACHINE_END.test(stdout);
  const none = NO_CHAINS.test(stdout);
  if (!STATUS.test(stdout) && !machine)
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'duplicity collection-status' });
  if (!machine && !HUMAN_END.test(stdout) && !none) throw new SubmissionRefused('TRUNCATED', 'LIST_CUT');
  const clock = output.clock();
  const records = setsOf(stdout, machine ? MACHINE_SET : HUMAN_SET).map((set) => setRecord(set, clock));
  return {
    records,
    flags: [
      ...clock.flags,
      ...(machine && STATUS.test(stdout) ? ['MIXED_OUTPUT'] : []),
      ...(LEFTOVERS.test(stdout) || counted(stdout) > records.length ? ['INCOMPLETE_SET'] : []),
      ...(records.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
    ofWholeStore: true,
  };
}

/** How many sets the chains are said to have; one of which no volume is left may have no line of its own. */
const counted = (text: string): number =>
  [...text.matchAll(/^Number of contained backup sets: (\d+)$/gm)].reduce((sum, [, sets]) => sum + Number(sets), 0);

interface BackupSet {
  type: string;
  time: string;
  /** No volume of it is left, or the full set that it builds on is not in its chain. */
  lost: boolean;
}

/** The sets of all chains; a match without a type is where the next chain begins. */
function setsOf(text: string, pattern: RegExp): BackupSet[] {
  let rooted = false;
  return [...text.matchAll(pattern)].flatMap(([, type, time = '', volumes]) => {
    rooted = type !== undefined && (rooted || /^full$/i.test(type));
    return type === undefined ? [] : [{ type, time, lost: Number(volumes) === 0 || !rooted }];
  });
}

function setRecord({ type, time, lost }: BackupSet, clock: SourceClock): NeutralRecord {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const instant = y ? offsetTime(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) : clock.read(time);
  const stamp = instant?.toISOString().replace(/[-:]|\.\d+/g, '');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: lost ? 'FAILED' : 'PASSED',
    strength: 'LISTED',
    startedAt: instant,
    recoveryPointAt: instant,
    timeBasis: instant && (y ? 'OFFSET' : 'SOURCE_TZ'),
    runKey: stamp ? `duplicity:${/^full$/i.test(type) ? 'full' : 'inc'}:${stamp}` : null,
    flags: lost ? ['INCOMPLETE_SET'] : [],
  });
}
