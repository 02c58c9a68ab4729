import type { TestApp } from '../app';
import type { Answer } from '../client';
import { registerSystem } from './systems';

/** What an inlet is made of where a test says nothing else. */
export const NIGHTLY = { timeZone: 'Asia/Tokyo', scheduleKind: 'INTERVAL', schedule: 'P1D', grace: 'PT1H' };

/** A system with an approved requirement, and where a tool reports to for it. */
export interface Connected {
  systemId: string;
  requirementId: string;
  inletId: string;
  /** The secret address, below the origin. */
  path: string;
}

let made = 0;

/** Declares and approves a backup requirement of a new system. Throws when it is refused. */
export async function declareBackups(app: TestApp, facts: object = {}, requirement: object = {}): Promise<Connected> {
  const system = await registerSystem(app, { tier: 'MODERATE', ownerId: app.world.people.owner, ...facts });
  const declared = await (
    await app.as('owner')
  ).post(`/systems/${system.id}/backup-requirements`, {
    ...{ dataset: 'DB', method: 'restic', interval: 'PT24H', retention: 'P35D', rpo: 'PT24H' },
    copies: [
      { site: '東京', medium: 'disk' },
      { site: '大阪', medium: 'object storage', offsite: true, immutable: true },
    ],
    ...requirement,
  });
  if (declared.status !== 201) throw new Error(JSON.stringify(declared.body));
  await (await app.as('manager')).post(`/backup-requirements/${declared.body.id}/approve`, {});
  return { systemId: system.id, requirementId: declared.body.id, inletId: '', path: '' };
}

/** Makes an inlet. Throws when it is refused. */
export async function openInlet(app: TestApp, requirementId: string, more: object = {}): Promise<Answer['body']> {
  made += 1;
  const { status, body } = await (
    await app.as('owner')
  ).post(`/backup-requirements/${requirementId}/inlets`, {
    ...NIGHTLY,
    name: `夜間 ${made}`,
    ...more,
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

/** Both of them. */
export async function connect(
  app: TestApp,
  inlet: object = {},
  facts: object = {},
  requirement: object = {},
): Promise<Connected> {
  const declared = await declareBackups(app, facts, requirement);
  const { id, url } = await openInlet(app, declared.requirementId, inlet);
  return { ...declared, inletId: id, path: new URL(url).pathname };
}

/** What a restic run says at its end. @param id the beginning of the snapshot's id. */
export function resticSummary(id: string, at: string, more: object = {}): string {
  return JSON.stringify({
    ...{ message_type: 'summary', files_new: 1, files_changed: 0, files_unmodified: 9, dirs_new: 0, dirs_changed: 0 },
    ...{ dirs_unmodified: 1, data_blobs: 1, tree_blobs: 1, data_added: 5000, data_added_packed: 3000 },
    ...{ total_files_processed: 10, total_bytes_processed: 1_000_000, total_duration: 1.5 },
    ...{ backup_start: at, backup_end: at, snapshot_id: id.padEnd(64, '0') },
    ...more,
  });
}

/** An envelope of a restic run that passed. */
export function resticRun(id: string, at: string, more: object = {}): object {
  const command = 'restic backup --json /srv';
  return {
    tool: 'restic',
    command,
    exitCode: 0,
    startedAt: at,
    finishedAt: at,
    stdout: resticSummary(id, at),
    ...more,
  };
}
