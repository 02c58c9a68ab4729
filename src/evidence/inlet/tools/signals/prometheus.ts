import type { NeutralRecord } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { type SourceClock, epochTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'prometheus';

/** One line of the text format (Prometheus exposition format 0.0.4, OpenMetrics 1.0). */
interface Sample {
  name: string;
  labels: Map<string, string>;
  value: string;
}

/** Longer lines are no metrics of backups. */
const LONGEST_LINE = 16_384;
const SAMPLE = /^([a-zA-Z_:][\w:]{0,199})[ \t]*(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+\S+)?(?: # .*)?[ \t]*$/;
// Labels stand in double quotes; some scripts write single ones, which Prometheus itself would refuse.
const LABEL = /([a-zA-Z_]\w*)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/g;
const ESCAPED = /\\(.)/g;

/** Exporters that look into the store: the newest recovery point is there. When it was begun, or when it was done. */
const LISTS: Readonly<Record<string, 'BEGUN' | 'DONE'>> = {
  restic_backup_timestamp: 'BEGUN',
  borg_last_backup_timestamp: 'BEGUN',
  velero_backup_last_successful_timestamp: 'DONE',
};
const PGBACKREST = 'pgbackrest_backup_duration_seconds';
/** What a script says of itself after it ran: a claim like that of a ping. */
const CLAIM =
  /^(?!.*(?:restore|verif|check|drill|prune)).*(?:backup|snapshot|dump)(?:.*_)?last_success(?:ful)?_(?:timestamp|time|unix)(?:_seconds)?$/;

const isOfBackups = ({ name }: Sample): boolean =>
  name === PGBACKREST || Object.hasOwn(LISTS, name) || CLAIM.test(name);

function samplesIn(text: string): Sample[] {
  const found: Sample[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, inside = '', value = ''] =
      line.startsWith('#') || line.length > LONGEST_LINE ? [] : (SAMPLE.exec(line) ?? []);
    if (!name) continue;
    const labels = [...inside.matchAll(LABEL)].map(([, key = '', double, single = '']): [string, string] => [
      key,
      double?.replace(ESCAPED, (_, letter: string) => (letter === 'n' ? '\n' : letter)) ?? single,
    ]);
    found.push({ name, labels: new Map(labels), value });
  }
  return found;
}

/** The label that is there first; null when none is, or it is empty. */
const labelOf = ({ labels }: Sample, ...names: readonly string[]): string | null =>
  names.map((name) => labels.get(name)).find((value) => value) ?? null;

/** Seconds as the format writes them, also `1.666273638e+09`; null for 0, by which exporters mean never. */
function instantOf(value: string): Date | null {
  const seconds = /^[+]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
  return Number.isFinite(seconds) ? epochTime(seconds) : null;
}

function pointOf(sample: Sample): NeutralRecord | null {
  const at = instantOf(sample.value);
  if (!at) return null;
  const kind = LISTS[sample.name];
  const series = [...sample.labels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(',');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: 'PASSED',
    strength: kind ? 'LISTED' : 'DECLARED',
    startedAt: kind === 'BEGUN' ? at : null,
    finishedAt: kind === 'BEGUN' ? null : at,
    // A claim names no recovery point: that something ended well is all that it says.
    recoveryPointAt: kind ? at : null,
    timeBasis: 'EPOCH',
    host: labelOf(sample, 'client_hostname', 'hostname', 'host', 'instance'),
    dataset: labelOf(sample, 'snapshot_paths', 'schedule', 'job', 'backup', 'database', 'dataset'),
    location: labelOf(sample, 'repository', 'repo', 'location'),
    message: labelOf(sample, 'snapshot_tags', 'snapshot_tag'),
    runKey: `${TOOL}:${sample.name}{${series}}@${at.getTime() / 1000}`,
    flags: kind ? [] : ['SELF_DECLARED'],
  });
}

/** A set in a repository of pgBackRest, which `pgbackrest info` names by the same key. Its times are local ones of the exporter. */
function setOf(sample: Sample, damaged: ReadonlySet<string>, clock: SourceClock): NeutralRecord | null {
  const [label, stanza, repo] = ['backup_name', 'stanza', 'repo_key'].map((name) => labelOf(sample, name));
  if (!label || !stanza) return null;
  const stoppedAt = clock.read(labelOf(sample, 'stop_time') ?? undefined);
  const key = keyOf(sample);
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: damaged.has(key) ? 'FAILED' : 'PASSED',
    strength: 'LISTED',
    startedAt: clock.read(labelOf(sample, 'start_time') ?? undefined),
    finishedAt: stoppedAt,
    recoveryPointAt: stoppedAt,
    timeBasis: stoppedAt && 'SOURCE_TZ',
    dataset: stanza,
    location: repo && `repo${repo}`,
    runKey: key,
    flags: damaged.has(key) ? ['DAMAGE_FOUND'] : [],
  });
}

const keyOf = (sample: Sample): string =>
  `pgbackrest:${labelOf(sample, 'stanza')}:${labelOf(sample, 'repo_key') ?? '1'}:${labelOf(sample, 'backup_name')}`;

function read(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Prometheus' });
  const samples = samplesIn(output.stdout);
  const known = samples.filter(isOfBackups);
  if (known.length === 0) throw new SubmissionRefused('NOT_PARSEABLE', 'NO_METRIC');
  const damaged = new Set(
    samples.filter(({ name, value }) => name === 'pgbackrest_backup_error_status' && Number(value) > 0).map(keyOf),
  );
  const clock = output.clock();
  const records = known.map((sample) => (sample.name === PGBACKREST ? setOf(sample, damaged, clock) : pointOf(sample)));
  const told = records.filter((record) => record !== null);
  return {
    records: told,
    flags: [...clock.flags, ...(told.length < records.length ? ['UNKNOWN_STATUS'] : [])],
  };
}

export const PROMETHEUS: ToolAdapter = {
  tool: TOOL,
  name: 'Prometheus metrics',
  aliases: ['openmetrics', 'textfile'],
  fits: ({ stdout }) => {
    // JSON and long logs are none: the first lines tell.
    const head = stdout.trimStart().slice(0, 2_000);
    return !/^[[{]/.test(head) && (/^# (?:HELP|TYPE) /m.test(head) || SAMPLE.test(head.split(/\r?\n/, 1)[0] ?? ''))
      ? samplesIn(stdout).some(isOfBackups)
      : false;
  },
  read,
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'curl -fsS http://localhost:8001/metrics'),
};
