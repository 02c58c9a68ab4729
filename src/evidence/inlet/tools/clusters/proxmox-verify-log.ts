import { framedBy, recordOf, worst } from '../../reading/record';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import type { Reading } from '../tool-adapter';
import { taskLogOf } from './task-log';

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)): /;
const MARK = new RegExp(`${TIME.source}verify (?:datastore|group) (\\S+?)(?::\\S+)?(?: |$)`, 'm');
/** A snapshot that is looked at now, or was not long ago; a name space may stand before it. */
const SNAPSHOT = /^(SKIPPED: )?verify \S+:(?:ns\/\S+\/)?(vm|ct|host)\/([^/\s]+)\/(\d{4}-\d\d-\d\dT[\d:]+Z)(?: |$)/;
const DAMAGED = /^\s*verified .*\((?!0 errors)\d+ errors?\)|^verify \S+ failed: |^Failed to verify the following/;
const TASK_ENDED = /^TASK (OK|ERROR|WARNINGS)\b/;

/** Whether this is the log of a verification by Proxmox Backup Server, which reads every chunk and writes its times with their offset. */
export const isVerifyLog = (output: ToolOutput): boolean => MARK.test(taskLogOf(output));

/** What was verified not long ago is left out where the job says so: asked for, and told as the part that was looked at. */
export function readVerifyLog(output: ToolOutput): Reading {
  const log = taskLogOf(output);
  const [, , datastore = null] = MARK.exec(log) ?? [];
  const lines = log.split('\n').filter((line) => TIME.test(line));
  const texts = lines.map((line) => line.replace(TIME, ''));
  const snapshots = texts.flatMap((text) => {
    const [found, skipped, type, id, time] = SNAPSHOT.exec(text) ?? [];
    const takenAt = offsetTime(time);
    return found && takenAt ? [{ skipped, key: `pbs:${type}/${id}/${takenAt.getTime() / 1000}` }] : [];
  });
  const covers = snapshots.filter(({ skipped }) => !skipped).map(({ key }) => key);
  const [, ended] = texts.map((text) => TASK_ENDED.exec(text)).findLast(Boolean) ?? [];
  const damaged = texts.some((text) => DAMAGED.test(text));
  const isCut = !ended && output.exitCode !== null;
  const failed = output.hasFailed || damaged || ended === 'ERROR' || isCut;
  const runs = !ended && !failed;
  const coverage = covers.length < snapshots.length ? covers.length / snapshots.length : null;
  const nothing = covers.length === 0 && !runs;
  const [startedAt, finishedAt] = [lines.at(0), lines.at(-1)].map((line) => offsetTime(TIME.exec(line ?? '')?.[1]));
  const record = recordOf('pbs', {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: worst(
      failed ? 'FAILED' : runs ? 'RUNNING' : 'PASSED',
      !failed && (nothing || ended === 'WARNINGS') ? 'PARTIAL' : 'PASSED',
    ),
    strength: 'DATA_CHECKED',
    coverage: nothing ? 0 : coverage,
    startedAt: startedAt ?? null,
    finishedAt: ended ? (finishedAt ?? null) : null,
    timeBasis: 'OFFSET',
    location: datastore,
    errorCount: failed || runs ? null : 0,
    message: failed ? texts.filter((text) => DAMAGED.test(text) || TASK_ENDED.test(text)).join('\n') : null,
    covers: failed ? [] : covers,
    flags: [
      ...(damaged ? ['DAMAGE_FOUND'] : []),
      ...(isCut ? ['NO_SUMMARY'] : []),
      ...(nothing ? ['NOTHING_VERIFIED'] : []),
      ...(coverage !== null ? ['COVERAGE_PARTIAL'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}
