import type { NeutralRecord } from '../../../reading/neutral-record';
import { recordOf } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import { type SourceClock, offsetTime } from '../../../payload/tool-times';
import type { Reading } from '../../tool-adapter';

/** The report of verify begins like it, and has no cipher. */
const MARKS =
  /^stanza: \S+\r?\n {4}status: (?:.*\r?\n(?: {8}.*\r?\n)* {4}cipher: |error \((?:missing stanza|no valid))/m;
const NOTHING = /^No stanzas exist in the repository/m;
/** The stanza, or what it was asked for, is there and nothing is in it. */
const EMPTY = /^(?:ok|error \((?:missing stanza|no valid backups|requested backup not found))/;
const BROKEN = /^ +error\(s\) detected during backup/m;

/** What `pgbackrest info` prints without `--output=json`. */
export const isInfoText = ({ stdout }: ToolOutput): boolean => MARKS.test(stdout) || NOTHING.test(stdout);

/** The same inventory for people: sizes are rounded in it, and the times of older versions have no zone. */
export function readInfoText(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'pgbackrest' });
  const clock = output.clock();
  const stanzas = output.stdout
    .replaceAll('\r', '')
    .split(/^stanza: /m)
    .slice(1);
  const records = stanzas.flatMap((stanza) => setsOf(stanza, clock));
  const states = stanzas.map((stanza) => /^ {4}status: (.*)$/m.exec(stanza)?.[1] ?? '');
  const copies = stanzas.flatMap((stanza) => [...stanza.matchAll(/^ {8}repo\d+: (\w+)/gm)].map(([, state]) => state));
  return {
    records,
    flags: [
      ...clock.flags,
      ...(states.every((state) => state.startsWith('ok')) ? [] : ['STATUS_NOT_OK']),
      ...(copies.every((state) => state === 'ok') ? [] : ['COPY_UNAVAILABLE']),
      ...(states.some((state) => state.includes('running')) ? ['BACKUP_RUNNING'] : []),
      ...(records.length === 0 && states.every((state) => EMPTY.test(state)) ? ['EMPTY_INVENTORY'] : []),
    ],
    ofWholeStore: copies.every((state) => state === 'ok'),
  };
}

/** One record for every repository that a set is in; before there could be several none was named. */
function setsOf(stanza: string, clock: SourceClock): NeutralRecord[] {
  const [name = ''] = stanza.split('\n');
  return stanza
    .split(/^ {8}(?=(?:full|diff|incr) backup: )/m)
    .slice(1)
    .flatMap((set) => {
      const [, label = ''] = /backup: (\S+)/.exec(set) ?? [];
      const [, start, stop] = /^ {12}timestamp start\/stop: (.+) \/ (.+)$/m.exec(set) ?? [];
      const repositories = [...set.matchAll(/^ {12}repo(\d+): /gm)].map(([, key]) => key);
      if (!stop || (repositories.length === 0 && !/^ {12}repository size: /m.test(set)))
        throw new SubmissionRefused('TRUNCATED', 'LIST_CUT');
      return (repositories.length > 0 ? repositories : ['1']).map((key) =>
        setRecord(`pgbackrest:${name}:${key}:${label}`, [start, stop], set, clock),
      );
    });
}

function setRecord(
  runKey: string,
  times: readonly (string | undefined)[],
  set: string,
  clock: SourceClock,
): NeutralRecord {
  const [, dataset = null, key] = runKey.split(':');
  // Offsets of whole hours are written without minutes.
  const offsets = times.map((time) => offsetTime(time?.replace(/([+-]\d\d)$/, '$1:00')));
  const [startedAt = null, finishedAt = null] = times.map((time, place) => offsets[place] ?? clock.read(time));
  const isBroken = BROKEN.test(set);
  return recordOf('pgbackrest', {
    kind: 'BACKUP',
    outcome: isBroken ? 'FAILED' : 'PASSED',
    strength: 'LISTED',
    startedAt,
    finishedAt,
    // A cluster is consistent from the end of its backup on.
    recoveryPointAt: finishedAt,
    timeBasis: finishedAt && (offsets[1] ? 'OFFSET' : 'SOURCE_TZ'),
    dataset,
    location: `repo${key}`,
    message: isBroken ? 'page checksum errors' : null,
    runKey,
    flags: isBroken ? ['DAMAGE_FOUND'] : [],
  });
}
