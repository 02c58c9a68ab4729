import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { datedBy, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { type SourceClock, offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { readVolumes, volumesOf } from './proxmox-storage';
import { readTasks, tasksOf } from './proxmox-tasks';
import { taskLogOf } from './task-log';

const TOOL = 'vzdump';
/** A line of a task log; in the log of a guest a time stands before it, and in a mail the number of the guest before that. */
const LINE = /^(?:\d+: )?(?:(\S.{13,20}) )?(INFO|WARN|ERROR): (.*)$/;
/** No line of a table is longer. */
const LONGEST_ROW = 1_000;
const BEGINS = /^Starting Backup of VM (\d+) \((\w+)\)/;
const MARKS = /^(?:\d+: )?(?:\S.{13,20} )?INFO: (?:Starting Backup of VM \d+ \(|starting new backup job: vzdump\b)/m;
const TABLE = /^ *VMID +NAME +STATUS +TIME +SIZE +FILENAME *$/im;
const ROW = /^ *(\d+) +(?:(\S.*?) +)?(ok|err|todo|failed) +(\S.*?) *$/i;
const PBS_ARCHIVE = /^(\w+\/\d+)\/(\d{4}-\d\d-\d\dT[\d:]+Z)$/;
const FILE_NAME = /([^/]+-(\d{4})_(\d\d)_(\d\d)-(\d\d)_(\d\d)_(\d\d))\.[\w.]+$/;
const JOB_FAILED = /^INFO: Backup job finished with errors|^ERROR: Backup job failed|^TASK ERROR: /m;
const JOB_ENDED = /^INFO: Backup job finished|^TASK (?:OK|ERROR|WARNINGS)\b/m;

/** The backup of one guest of a job. */
interface Guest {
  id: string;
  /** `qemu` or `lxc`; null where only the table of a notification tells of it. */
  type: string | null;
  name: string | null;
  archive: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  bytes: string | null;
  ended: 'OK' | 'FAILED' | null;
  warnings: number;
  message: string[];
}

const guestOf = (id: string, type: string | null): Guest => ({
  ...{ id, type, name: null, archive: null, startedAt: null, finishedAt: null, bytes: null, ended: null },
  ...{ warnings: 0, message: [] },
});

/** Guests in the order of the log. */
function guestsIn(log: string): Guest[] {
  const guests: Guest[] = [];
  for (const line of log.split('\n')) {
    const [, time = null, level, text = ''] = LINE.exec(line) ?? [];
    const [, id, type] = BEGINS.exec(text) ?? [];
    if (id) guests.push({ ...guestOf(id, type ?? null), startedAt: time });
    else if (level) note(guests.at(-1), level, text, time);
  }
  return guests;
}

function note(guest: Guest | undefined, level: string, text: string, at: string | null): void {
  if (!guest) return;
  const [, failed] = /^Backup of VM \d+ failed - (.*)$/.exec(text) ?? [];
  const [, written] = /^Total bytes written: (\d+)/.exec(text) ?? [];
  const [, name] = /^(?:VM|CT) Name: (.+)$/.exec(text) ?? [];
  const [, archive] = /^creating (?:vzdump|Proxmox Backup Server) archive '(.+)'$/.exec(text) ?? [];
  const [, word, time] = /^(Backup started|Backup finished|Failed) at (.+)$/.exec(text) ?? [];
  if (time && word === 'Backup started') guest.startedAt = time;
  else if (time) guest.finishedAt = time;
  else if (failed !== undefined) Object.assign(guest, { ended: 'FAILED', finishedAt: at, message: [failed] });
  else if (/^Finished Backup of VM /.test(text)) Object.assign(guest, { ended: guest.ended ?? 'OK', finishedAt: at });
  else if (name) guest.name = name;
  else if (archive) guest.archive = archive.slice(0, LONGEST_ROW);
  else if (written) guest.bytes = written;
  else if (level !== 'INFO' && !/^Backup job /.test(text)) {
    guest.warnings += 1;
    guest.message.push(text);
  } else if (/^exclud(?:e|ing) /.test(text)) guest.message.push(text);
}

/** Guests in the table of a notification: all that is told where the log was too long for it. */
function guestsOfTable(log: string): Guest[] {
  const start = TABLE.exec(log);
  const rows = start ? log.slice(start.index).split('\n').slice(1) : [];
  const guests: Guest[] = [];
  for (const row of rows) {
    const [, id, name, status = '', rest = ''] = ROW.exec(row.slice(0, LONGEST_ROW)) ?? [];
    if (!id) break;
    const ok = status.toLowerCase() === 'ok';
    const archive = rest.split(/\s+/).at(-1) ?? null;
    guests.push({
      ...guestOf(id, null),
      name: name ?? null,
      ended: ok ? 'OK' : 'FAILED',
      archive: ok ? archive : null,
      message: ok ? [] : [rest],
    });
  }
  return guests;
}

function read(output: ToolOutput): Reading {
  const volumes = volumesOf(output.document);
  if (volumes) return readVolumes(output, volumes);
  const tasks = tasksOf(output.document, 'type');
  if (tasks) return readTasks(TOOL, output, tasks);
  const log = taskLogOf(output);
  const logged = guestsIn(log);
  const table = guestsOfTable(log);
  const guests = logged.length > 0 ? logged.map((guest) => ({ ...guest, ...failureIn(table, guest) })) : table;
  const failed = output.hasFailed || JOB_FAILED.test(log);
  const ended = JOB_ENDED.test(log) || table.length > 0 || output.exitCode !== null;
  if (guests.length === 0) return withoutGuests(output, log, failed);
  // The job fails with any of its guests; where none did, something around them went wrong, such as the pruning.
  const trouble = failed && guests.every((guest) => guest.ended === 'OK');
  const clock = output.clock();
  const host = /vzdump backup status \(([^)\s]+)\)/.exec(log)?.[1] ?? null;
  const records = guests.map((guest, index) => {
    const last = index === guests.length - 1;
    const open: RecordOutcome = last && !ended ? 'RUNNING' : 'FAILED';
    const outcome = guest.ended === 'OK' ? 'PASSED' : guest.ended === 'FAILED' ? 'FAILED' : open;
    const warned = guest.warnings > 0 || trouble;
    return { ...recordOfGuest(guest, worst(outcome, warned ? 'PARTIAL' : 'PASSED'), clock, output), host };
  });
  const [only] = records;
  return {
    records: only && records.length === 1 ? [datedBy(output, only)] : records,
    flags: [...clock.flags],
    ofThisRun: true,
  };
}

/** What a notification says of a guest that its log does not: it failed. */
function failureIn(table: readonly Guest[], { id, ended }: Guest): Partial<Guest> {
  const told = table.find((row) => row.id === id && row.ended === 'FAILED');
  return told && ended !== 'FAILED' ? { ended: 'FAILED', message: told.message } : {};
}

function withoutGuests(output: ToolOutput, log: string, failed: boolean): Reading {
  if (!failed && /Backup job finished successfully|^TASK OK/m.test(log))
    return { records: [], flags: ['EMPTY_INVENTORY'] };
  if (!failed) throw new SubmissionRefused('NOT_PARSEABLE', 'NO_GUEST');
  const { rid } = output.submission;
  const record = recordOf(TOOL, {
    ...{ kind: 'BACKUP', outcome: 'FAILED', strength: 'COMPLETED', message: log.trim() || null },
    runKey: rid ? `rid:${rid}` : null,
  });
  return { records: [datedBy(output, record)], ofThisRun: true };
}

function recordOfGuest(guest: Guest, outcome: RecordOutcome, clock: SourceClock, output: ToolOutput): NeutralRecord {
  const { id, type, archive, ended } = guest;
  const [, group, pbsTime] = PBS_ARCHIVE.exec(archive ?? '') ?? [];
  const [, file, ...digits] = FILE_NAME.exec(archive ?? '') ?? [];
  const [year, month, day, hours, minutes, seconds] = digits;
  const named = file ? clock.read(`${year}-${month}-${day} ${hours}:${minutes}:${seconds}`) : null;
  const takenAt = offsetTime(pbsTime) ?? named;
  const startedAt = clock.read(guest.startedAt) ?? takenAt;
  const { rid } = output.submission;
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome,
    strength: 'COMPLETED',
    startedAt,
    finishedAt: clock.read(guest.finishedAt),
    recoveryPointAt: takenAt ?? startedAt,
    timeBasis: startedAt && (pbsTime ? 'OFFSET' : 'SOURCE_TZ'),
    sizeBytes: guest.bytes === null ? null : BigInt(guest.bytes),
    sizeBasis: guest.bytes === null ? null : 'vzdump total bytes written',
    dataset: [type ? `${type}/${id}` : id, guest.name].filter(Boolean).join(' '),
    location: archive,
    errorCount: outcome === 'PASSED' ? 0 : null,
    message: guest.message.join('\n') || null,
    runKey:
      group && takenAt
        ? `pbs:${group}/${Math.floor(takenAt.getTime() / 1000)}`
        : file
          ? `${TOOL}:${file}`
          : rid && `rid:${rid}/${id}`,
    flags: [
      ...(ended === null && outcome === 'FAILED' ? ['NO_SUMMARY'] : []),
      ...(outcome === 'PARTIAL' ? ['STDERR_WARNING'] : []),
    ],
  });
}

export const VZDUMP: ToolAdapter = {
  tool: TOOL,
  name: 'Proxmox VE vzdump',
  aliases: ['proxmox-ve', 'pve'],
  programs: ['vzdump'],
  fits(output) {
    const log = taskLogOf(output);
    return (
      volumesOf(output.document) !== null ||
      tasksOf(output.document, 'type') !== null ||
      MARKS.test(log) ||
      (TABLE.test(log) && /^Total running time: /im.test(log))
    );
  },
  read,
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'vzdump 100 --storage backup --mode snapshot', { zoned: true }),
};
