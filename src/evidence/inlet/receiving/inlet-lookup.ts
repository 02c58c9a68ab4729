import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { hashOfSecret } from '../../../access/secrets/secret';
import { Clock } from '../../../platform/clock/clock';

export const INLET_PREFIX = 'inlet_';

/** What a message is read by. */
export interface KnownInlet {
  id: string;
  systemId: string;
  backupRequirementId: string;
  tool: string | null;
  timeZone: string;
  mapping: unknown;
  copySite: string | null;
  ownNames: readonly string[];
  rtoMinutes: number | null;
  /** Of the row that this was read from; whoever writes checks that it is still the one. */
  rowVersion: number;
}

const REMEMBERED_MS = 10_000;
/** More inlets than are busy at a time; beyond, all are asked for again. */
const MOST_REMEMBERED = 50_000;

const BY_HASH = `
  SELECT key.hash, i.id, i.system_id AS "systemId", i.backup_requirement_id AS "backupRequirementId", i.tool, i.time_zone AS "timeZone",
    i.mapping, i.copy_site AS "copySite", i.own_names AS "ownNames", s.rto_minutes AS "rtoMinutes", i.row_version AS "rowVersion"
  FROM unnest($1::text[]) AS key(hash)
  JOIN inlet i ON i.secret_hash = key.hash OR (i.previous_hash = key.hash AND i.previous_until > $2)
  JOIN system s ON s.id = i.system_id
  JOIN backup_requirement b ON b.id = i.backup_requirement_id AND b.withdrawn_on IS NULL
  WHERE i.revoked_at IS NULL`;

/**
 * Finds the inlet of a secret. Requests that come in at once are looked up together, and what is found is remembered for seconds: whether the
 * secret still opens the inlet is asked again by whoever writes.
 */
@Injectable()
export class InletLookup {
  private remembered = new Map<string, { inlet: KnownInlet; at: number }>();
  private asked = new Map<string, ((inlet: KnownInlet | null) => void)[]>();
  private failing: ((error: unknown) => void)[] = [];

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The hash by which the secret is known; null when it cannot be one of ours. */
  hashOf(secret: string): string | null {
    return hashOfSecret(INLET_PREFIX, secret);
  }

  /** The inlet that a secret opens now; null when there is none. */
  async find(hash: string): Promise<KnownInlet | null> {
    const known = this.remembered.get(hash);
    if (known && Math.abs(this.clock.now().getTime() - known.at) < REMEMBERED_MS) return known.inlet;
    return new Promise((found, failed) => {
      if (this.asked.size === 0) setImmediate(() => void this.ask());
      this.asked.set(hash, [...(this.asked.get(hash) ?? []), found]);
      this.failing.push(failed);
    });
  }

  /** After somebody has changed it. */
  forget(hash: string): void {
    this.remembered.delete(hash);
  }

  private async ask(): Promise<void> {
    const [asked, failing] = [this.asked, this.failing];
    [this.asked, this.failing] = [new Map(), []];
    const now = this.clock.now();
    try {
      const rows = await this.dataSource.query<(KnownInlet & { hash: string })[]>(BY_HASH, [[...asked.keys()], now]);
      const found = new Map(rows.map(({ hash, ...inlet }) => [hash, inlet]));
      if (this.remembered.size > MOST_REMEMBERED) this.remembered = new Map();
      for (const [hash, inlet] of found) this.remembered.set(hash, { inlet, at: now.getTime() });
      for (const [hash, waiting] of asked) for (const tell of waiting) tell(found.get(hash) ?? null);
    } catch (error) {
      for (const fail of failing) fail(error);
    }
  }
}
