import type { Json } from '../../payload/exact-json';
import { at, objectsAt, textAt } from '../../payload/json-values';
import { objectsOf, powerShellText, powerShellTime } from '../../payload/powershell';
import type { SourceClock } from '../../payload/tool-times';

const idOf = (job: Json): string | null => powerShellText(job, 'JobId') ?? powerShellText(job, 'JobID');

const isJob = (entry: Json): boolean =>
  idOf(entry) !== null &&
  textAt(entry, 'Operation') !== null &&
  at(entry, 'Status') !== undefined &&
  at(entry, 'WorkloadName') !== undefined &&
  at(entry, 'StartTime') !== undefined;

/**
 * Jobs as `Get-AzRecoveryServicesBackupJob | ConvertTo-Json` writes them, in the shape of those of the REST interface; null for anything else.
 * They do not name their vault.
 */
export function jobsOfPowerShell(document: Json | undefined, clock: SourceClock): Json[] | null {
  const objects = objectsOf(document);
  return objects.length > 0 && objects.every(isJob) ? objects.map((one) => jobOf(one, clock)) : null;
}

function jobOf(job: Json, clock: SourceClock): Json {
  const started = powerShellTime(at(job, 'StartTime'), clock);
  return {
    name: idOf(job),
    timeBasis: started.basis,
    properties: {
      operation: textAt(job, 'Operation'),
      status: textAt(job, 'Status'),
      entityFriendlyName: textAt(job, 'WorkloadName'),
      startTime: started.time?.toISOString() ?? null,
      endTime: powerShellTime(at(job, 'EndTime'), clock).time?.toISOString() ?? null,
      errorDetails: objectsAt(job, 'ErrorDetails').map((error) => ({
        errorString: textAt(error, 'ErrorMessage') ?? textAt(error, 'ErrorString'),
      })),
    },
  };
}
