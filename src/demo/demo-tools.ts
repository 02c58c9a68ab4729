import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../access/actor';
import { InletsService } from '../evidence/inlet/inlets.service';
import { InletLookup } from '../evidence/inlet/receiving/inlet-lookup';
import { InletReceiver } from '../evidence/inlet/receiving/inlet-receiver';
import { InletSizes } from '../evidence/inlet/schedule/inlet-sizes';
import { InletSweep } from '../evidence/inlet/schedule/inlet-sweep';
import { nextSlot } from '../evidence/inlet/schedule/next-slot';
import { FreshVerdicts } from '../obligations/clocks/fresh-verdicts';
import { Clock } from '../platform/clock/clock';
import { DEMO_SETTING } from '../platform/database/setting.entity';
import { DEMO_INLETS, type DemoInlet } from './stories/demo-inlets';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NIGHTS = 35;
const NIGHTLY = { scheduleKind: 'CRON', schedule: '30 2 * * *', timeZone: 'Asia/Tokyo' } as const;
/** Of the range that is kept for examples (RFC 5737). */
const ADDRESS = '192.0.2.10';

/** An inlet as its tool knows it. */
interface Reporting {
  inletId: string;
  secretHash: string;
  story: DemoInlet;
}

/** Plays the tools of the demo that report: their messages go the way that those of real tools go. */
@Injectable()
export class DemoTools {
  constructor(
    private readonly dataSource: DataSource,
    private readonly inlets: InletsService,
    private readonly lookup: InletLookup,
    private readonly receiver: InletReceiver,
    private readonly fresh: FreshVerdicts,
    private readonly sizes: InletSizes,
    private readonly sweep: InletSweep,
    private readonly clock: Clock,
  ) {}

  /** Connects them, and reports the nights that were. */
  async connect(actor: Actor, system: (code: string) => string): Promise<void> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - NIGHTS * DAY_MS);
    const reporting: Record<string, string> = {};
    for (const story of DEMO_INLETS) {
      const { id: inletId, secret } = await this.open(actor, system(story.code), story);
      await this.dataSource.query('UPDATE inlet SET created_at = $2, since = $2 WHERE id = $1', [inletId, since]);
      const secretHash = this.lookup.hashOf(secret) ?? '';
      await this.report({ inletId, secretHash, story }, since, new Date(now.getTime() - story.silentHours * HOUR_MS));
      if (story.silentHours === 0) reporting[inletId] = story.code;
    }
    await this.dataSource.query(
      `UPDATE setting SET value = value || jsonb_build_object('reportingInlets', $2::jsonb) WHERE name = $1`,
      [DEMO_SETTING, JSON.stringify(reporting)],
    );
    await this.judge();
  }

  /** Reports the nights that have passed since the last that was reported. Does nothing where there is no demo data. */
  async keepReporting(): Promise<void> {
    const rows = await this.dataSource.query<{ inletId: string; code: string; secretHash: string; lastGoodAt: Date }[]>(
      `SELECT i.id AS "inletId", told.value AS code, i.secret_hash AS "secretHash", i.last_good_at AS "lastGoodAt"
       FROM setting d CROSS JOIN LATERAL jsonb_each_text(d.value->'reportingInlets') told JOIN inlet i ON i.id = told.key::uuid
       WHERE d.name = $1 AND i.revoked_at IS NULL AND i.last_good_at IS NOT NULL AND i.next_due_at <= $2`,
      [DEMO_SETTING, this.clock.now()],
    );
    for (const { code, lastGoodAt, ...inlet } of rows) {
      const story = DEMO_INLETS.find((one) => one.code === code);
      if (story) await this.report({ ...inlet, story }, new Date(lastGoodAt.getTime() + HOUR_MS), this.clock.now());
    }
    if (rows.length > 0) await this.judge();
  }

  private async open(
    actor: Actor,
    systemId: string,
    { name, copySite }: DemoInlet,
  ): Promise<{ id: string; secret: string }> {
    const [requirement] = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM backup_requirement WHERE system_id = $1',
      [systemId],
    );
    const content = { ...NIGHTLY, name, copySite, tool: 'restic', graceMinutes: 120, mapping: null, ownNames: [] };
    return this.inlets.create(actor, requirement?.id ?? '', content);
  }

  /** One message for each night whose run has ended by `until`. */
  private async report({ inletId, secretHash, story }: Reporting, since: Date, until: Date): Promise<void> {
    const nights = nightsBetween(since, until);
    const messages = nights.map((slot, at) =>
      nightOf(inletId, slot, story.bytes * (at === nights.length - 1 ? story.lastOfUsual : 1)),
    );
    const inlet = await this.lookup.find(secretHash);
    if (!inlet) return;
    await Promise.all(
      messages.map(({ finishedAt, body }) =>
        this.receiver.receive(
          {
            ...{ body: Buffer.from(JSON.stringify(body)), mediaType: 'application/json', address: ADDRESS, secretHash },
            ...{ receivedAt: finishedAt, declared: { tool: null, exitCode: null, signal: null, rid: null } },
          },
          inlet,
        ),
      ),
    );
  }

  /** What the worker does within a minute. */
  private async judge(): Promise<void> {
    await this.fresh.run();
    await this.sizes.run();
    await this.sweep.run();
  }
}

/** When runs began that have surely ended by `until`. */
function nightsBetween(since: Date, until: Date): Date[] {
  const { scheduleKind: kind, schedule: expression, timeZone } = NIGHTLY;
  const nights: Date[] = [];
  for (;;) {
    const slot = nextSlot({ kind, expression, timeZone }, nights.at(-1) ?? since);
    if (slot.getTime() > until.getTime() - HOUR_MS) return nights;
    nights.push(slot);
  }
}

/** What restic and its wrapper say of one night: always the same of the same night. */
function nightOf(inletId: string, slot: Date, bytes: number): { finishedAt: Date; body: object } {
  const night = Math.floor(slot.getTime() / DAY_MS);
  const startedAt = new Date(slot.getTime() + ((night * 7) % 90) * 1_000);
  const finishedAt = new Date(startedAt.getTime() + (25 + ((night * 11) % 20)) * 60_000);
  // Within a few hundredths, as data is that grows here and is tidied up there.
  const size = Math.round(bytes * (1 + (((night * 37) % 11) - 5) / 300));
  const summary = {
    ...{ message_type: 'summary', files_new: 12, files_changed: 30, files_unmodified: 91_204 },
    ...{ dirs_new: 0, dirs_changed: 4, dirs_unmodified: 8_121, data_blobs: 19, tree_blobs: 5 },
    ...{ data_added: Math.round(size / 90), data_added_packed: Math.round(size / 150) },
    ...{ total_files_processed: 91_246, total_bytes_processed: size },
    ...{ total_duration: (finishedAt.getTime() - startedAt.getTime()) / 1_000 },
    ...{ backup_start: startedAt, backup_end: finishedAt },
    snapshot_id: createHash('sha256').update(`${inletId} ${night}`).digest('hex'),
  };
  const body = {
    ...{ tool: 'restic', command: 'restic backup --json /srv/db', exitCode: 0, startedAt, finishedAt },
    stdout: JSON.stringify(summary),
  };
  return { finishedAt, body };
}
