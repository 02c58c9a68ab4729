import type { FleetInlet } from './nightly-fleet';
import type { Post } from './posting';

/** A report, and the name that its run is kept by. */
export interface Report {
  post: Post;
  runId: string;
}

/** Machines that each say what restic says at the end of a backup that ends just now, one after the other, never the same twice. */
export class ResticFleet {
  readonly inlets: readonly FleetInlet[];
  /** One of them that is asked for by itself. */
  readonly probe: FleetInlet;
  private told = 0;

  constructor([probe, ...inlets]: readonly FleetInlet[]) {
    if (!probe) throw new Error('there is nobody to report');
    this.probe = probe;
    this.inlets = inlets;
  }

  /** The next report, of whoever's turn it is. */
  next(): Report {
    return this.reportOf(this.inlets[this.told % this.inlets.length] ?? this.probe);
  }

  reportOf({ path }: FleetInlet): Report {
    this.told += 1;
    const id = this.told.toString(16).padStart(8, '0');
    return { post: { path: `${path}?tool=restic`, body: summary(id, new Date()) }, runId: `restic:${id}` };
  }
}

function summary(id: string, at: Date): string {
  return JSON.stringify({
    ...{ message_type: 'summary', files_new: 12, files_changed: 3, files_unmodified: 91_204, dirs_new: 0 },
    ...{ dirs_changed: 4, dirs_unmodified: 8_121, data_blobs: 19, tree_blobs: 5, data_added: 5_312_441 },
    ...{ data_added_packed: 3_118_220, total_files_processed: 91_219, total_bytes_processed: 48_112_773_120 },
    ...{ total_duration: 41.5, backup_start: at, backup_end: at, snapshot_id: id.padEnd(64, '0') },
  });
}
