import type { Json } from '../../payload/exact-json';
import { SubmissionRefused } from '../../reading/refused';
import type { Resource } from './kubernetes';

/** A line of `velero backup describe` at the edge; what stands below it is indented. */
const LINE = /^([A-Z][A-Za-z-]*(?: [A-Za-z-]+){0,6}): *(.*)$/;
const DESCRIBED = /^Name: +\S.*\nNamespace: +\S/m;
const BEGINS = /^(?=Name: +\S.*\nNamespace: )/m;
const PHASE = /^(\w+)/;
/** More of what went wrong is of no use in a message. */
const MOST_REASONS = 50;
const SNAPSHOTS = /^(\d{1,9}) of (\d{1,9}) snapshots completed/;

const BACKUPS = /^NAME +STATUS +(?:ERRORS +WARNINGS +)?CREATED +EXPIRES +(?:STORAGE LOCATION +)?SELECTOR *$/;
const RESTORES =
  /^NAME +BACKUP +STATUS +(?:STARTED +COMPLETED +)?(?:ERRORS +WARNINGS|WARNINGS +ERRORS) +CREATED +SELECTOR *$/;

/**
 * What `velero` prints for people of backups and restores, descriptions or a table, in the shape of the resources that it speaks of; null for
 * anything else. A table does not name the namespace. Throws SubmissionRefused (`TRUNCATED`).
 */
export function resourcesOfText(text: string): Resource[] | null {
  if (DESCRIBED.test(text)) {
    const described = text.split(BEGINS).filter((part) => part.startsWith('Name: '));
    const resources = described.map(resourceDescribed);
    return resources.every((resource) => resource !== null) ? resources : null;
  }
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.startsWith('NAME ') && (BACKUPS.test(line) || RESTORES.test(line)));
  return head < 0 ? null : resourcesOfTable(lines[head] ?? '', lines.slice(head + 1));
}

/** Whether a text is one of those, also where it was cut. */
export function isText(text: string): boolean {
  try {
    return resourcesOfText(text) !== null;
  } catch (error) {
    if (error instanceof SubmissionRefused) return true;
    throw error;
  }
}

/** The marks of a description stand at its end: one without them is of another kind, such as a schedule, or was cut. */
function resourceDescribed(text: string): Resource | null {
  const { values, below } = linesOf(text);
  const phase = PHASE.exec(values.get('Phase') ?? '')?.[1];
  const isBackup = values.has('Backup Format Version');
  const isRestore = values.has('Backup') && values.has('Restore PVs');
  if (!phase || (!isBackup && !isRestore)) return null;
  if (isBackup && !values.has('Expiration')) throw new SubmissionRefused('TRUNCATED', 'DESCRIPTION_CUT');
  return {
    kind: isBackup ? 'Backup' : 'Restore',
    metadata: { name: values.get('Name') ?? null, namespace: values.get('Namespace') ?? null },
    spec: { storageLocation: values.get('Storage Location') ?? null },
    status: {
      phase,
      startTimestamp: values.get('Started') ?? null,
      completionTimestamp: values.get('Completed') ?? null,
      errors: values.get('Errors') ?? null,
      // How many there are is told by older versions only; newer ones tell what they are, if there are any.
      warnings: values.get('Warnings') || (below.get('Warnings') ? 1 : null),
      ...snapshotsIn('volumeSnapshots', values.get('Velero-Native Snapshots')),
      ...snapshotsIn('csiVolumeSnapshots', values.get('CSI Volume Snapshots')),
      validationErrors: [...[values.get('Validation errors') ?? []].flat(), ...reasons(below)],
    },
  };
}

const reasons = (below: ReadonlyMap<string, string[]>): string[] =>
  ['Validation errors', 'Errors'].flatMap((name) => below.get(name) ?? []).filter((line) => !line.endsWith('<none>'));

function linesOf(text: string): { values: Map<string, string>; below: Map<string, string[]> } {
  const [values, below] = [new Map<string, string>(), new Map<string, string[]>()];
  let last = '';
  for (const line of text.split('\n')) {
    const [, name, value = ''] = LINE.exec(line) ?? [];
    if (name) values.set((last = name), value.trim());
    else if (last && /^\s+\S/.test(line)) {
      const told = below.get(last) ?? [];
      if (told.length < MOST_REASONS) below.set(last, [...told, line.trim()]);
    }
  }
  return { values, below };
}

function snapshotsIn(name: string, told: string | undefined): { [key: string]: Json } {
  const [, completed, attempted] = SNAPSHOTS.exec(told ?? '') ?? [];
  return completed && attempted ? { [`${name}Completed`]: completed, [`${name}Attempted`]: attempted } : {};
}

/** Cells begin where the words of the head do. A row that does not reach the last of them was cut. */
function resourcesOfTable(head: string, lines: readonly string[]): Resource[] {
  const columns = [...head.matchAll(/[A-Z]+(?: [A-Z]+)*/g)].map(({ 0: name, index }) => ({ name, index }));
  const last = columns.at(-1)?.index ?? 0;
  const kind = columns.some(({ name }) => name === 'BACKUP') ? 'Restore' : 'Backup';
  const end = lines.findIndex((line) => line.trim() === '');
  return lines.slice(0, end < 0 ? undefined : end).map((line) => {
    if (line.length <= last || columns.some(({ index }) => index > 0 && line[index - 1] !== ' '))
      throw new SubmissionRefused('TRUNCATED', 'ROW_CUT');
    const cell = (name: string): string | null => {
      const at = columns.findIndex((column) => column.name === name);
      return at < 0 ? null : line.slice(columns[at]?.index, columns[at + 1]?.index).trim();
    };
    return {
      kind,
      metadata: { name: cell('NAME') },
      spec: { storageLocation: cell('STORAGE LOCATION') },
      status: {
        phase: cell('STATUS'),
        startTimestamp: cell(kind === 'Backup' ? 'CREATED' : 'STARTED'),
        completionTimestamp: cell('COMPLETED'),
        errors: cell('ERRORS'),
        warnings: cell('WARNINGS'),
      },
    };
  });
}
