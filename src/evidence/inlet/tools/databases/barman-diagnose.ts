import { type Json, isObject } from '../../payload/exact-json';
import { at, textAt } from '../../payload/json-values';

/**
 * The backups in what `barman diagnose` prints of the whole installation, in the shape of what `list-backup` prints with `-f json`; undefined for
 * anything else. A server whose backups are not told is left out.
 */
export function documentOfDiagnosis(document: Json | undefined): Json | undefined {
  const servers = at(document, 'servers');
  if (!isObject(servers) || at(document, 'global', 'system_info') === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(servers).flatMap(([name, server]) => {
      const backups = at(server, 'backups');
      return isObject(backups) ? [[name, Object.entries(backups).map(([id, backup]) => setOf(id, backup))]] : [];
    }),
  );
}

/** A backup is named by its key in old versions. It has no size of its WAL, so that its own size is told as that of the base alone. */
function setOf(id: string, backup: Json): { [key: string]: Json } {
  const { size, ...told } = isObject(backup) ? backup : {};
  return {
    ...told,
    backup_id: textAt(backup, 'backup_id') ?? id,
    status: textAt(backup, 'status') ?? 'UNKNOWN',
    base_bytes: size ?? null,
    // Of the form with an offset where a version has it: the other one is local.
    begin_time: textAt(backup, 'begin_time_iso') ?? textAt(backup, 'begin_time'),
    end_time: textAt(backup, 'end_time_iso') ?? textAt(backup, 'end_time'),
  };
}
