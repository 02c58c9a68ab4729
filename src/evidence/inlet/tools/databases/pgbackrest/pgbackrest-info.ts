import type { Json } from '../../../payload/exact-json';
import { at, bigAt, countAt, objectsAt, textAt } from '../../../payload/json-values';
import type { NeutralRecord } from '../../../reading/neutral-record';
import { recordOf } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import { epochTime } from '../../../payload/tool-times';
import type { Reading } from '../../tool-adapter';

type Entry = { [key: string]: Json };

/** The stanza, or what it was asked for, is there and nothing is in it. */
const EMPTY_CODES = [1, 2, 3, 6];

/** What `pgbackrest info --output=json` prints: one object a stanza. */
export const isInfo = (document: Json | undefined): boolean =>
  Array.isArray(document) &&
  document.every(
    (stanza) =>
      textAt(stanza, 'name') !== null && Array.isArray(at(stanza, 'backup')) && at(stanza, 'status') !== undefined,
  );

/** An inventory of every set in every repository; one repository out of reach takes its copies with it and leaves the exit code at 0. */
export function readInfo(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'pgbackrest' });
  const document = output.requireDocument();
  if (!isInfo(document))
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'pgbackrest info --output=json' });
  const stanzas = document as Entry[];
  const records = stanzas.flatMap((stanza) => objectsAt(stanza, 'backup').map((set) => setRecord(stanza, set)));
  const flags = [
    ...stanzas.flatMap(flagsOf),
    ...(records.length === 0 && stanzas.every(isEmpty) ? ['EMPTY_INVENTORY'] : []),
  ];
  return { records, flags, ofWholeStore: !flags.includes('COPY_UNAVAILABLE') };
}

const codeOf = (entry: Entry): number => countAt(entry, 'status', 'code') ?? 0;

/** Empty, and not merely out of reach: no repository reports another trouble. */
const isEmpty = (stanza: Entry): boolean =>
  objectsAt(stanza, 'backup').length === 0 &&
  [stanza, ...objectsAt(stanza, 'repo')].every(
    (entry) => codeOf(entry) === 0 || EMPTY_CODES.includes(codeOf(entry)) || codeOf(entry) === 4,
  );

function flagsOf(stanza: Entry): string[] {
  const repositories = objectsAt(stanza, 'repo');
  const lost = repositories.some((repository) => codeOf(repository) !== 0);
  return [
    ...(codeOf(stanza) !== 0 ? ['STATUS_NOT_OK'] : []),
    ...(lost ? ['COPY_UNAVAILABLE'] : []),
    ...(at(stanza, 'status', 'lock', 'backup', 'held') === true ? ['BACKUP_RUNNING'] : []),
  ];
}

function setRecord(stanza: Entry, set: Entry): NeutralRecord {
  const name = textAt(stanza, 'name');
  const key = countAt(set, 'database', 'repo-key') ?? 1;
  const finishedAt = epochTime(at(set, 'timestamp', 'stop'));
  const isBroken = at(set, 'error') === true;
  return recordOf('pgbackrest', {
    kind: 'BACKUP',
    outcome: isBroken ? 'FAILED' : 'PASSED',
    strength: 'LISTED',
    startedAt: epochTime(at(set, 'timestamp', 'start')),
    finishedAt,
    // A cluster is consistent from the end of its backup on.
    recoveryPointAt: finishedAt,
    timeBasis: 'EPOCH',
    sizeBytes: bigAt(set, 'info', 'size'),
    storedBytes: bigAt(set, 'info', 'repository', 'delta'),
    sizeBasis: `pgbackrest info.size ${textAt(set, 'type') ?? ''}`.trim(),
    dataset: name,
    location: `repo${key}`,
    message: isBroken ? 'page checksum errors' : null,
    toolVersion: textAt(set, 'backrest', 'version'),
    runKey: `pgbackrest:${name}:${key}:${textAt(set, 'label')}`,
    flags: isBroken ? ['DAMAGE_FOUND'] : [],
  });
}
