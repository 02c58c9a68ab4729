import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { AuditLog } from '../../../audit/audit-log';
import { AuditChain } from '../../../audit/chain/audit-chain';
import { addDays } from '../../../core/time/civil-date';
import { localDate, startOfDay } from '../../../core/time/zone';
import { FrozenWording } from '../../../obligations/lists/frozen-wording';
import { RuleTitles } from '../../../obligations/rule-titles';
import { Clock } from '../../../platform/clock/clock';
import { canonicalJson } from '../../../platform/database/canonical-json';
import { newId } from '../../../platform/database/id';
import { fieldProblem, Problem } from '../../../platform/http/problem';
import { message } from '../../../platform/messages/messages';
import { MANIFEST, PACK_FORMAT, type PackManifest, policyFile, README } from '../pack-format';
import type { PackScope } from '../sections/pack-scope';
import { SECTIONS } from '../sections/sections';
import { peopleFile, PeopleNamed } from './people-named';
import { PackZip } from './pack-zip';
import { policiesOf, policyText, requireAbout, withheldFrom } from './pack-about';
import { productVersion } from './product-version';
import { Snapshot } from './snapshot';

/** Each holds a connection for as long as it is read. */
const AT_ONCE = 2;
const BUSY_SECONDS = 30;

/** Of what and of which days a pack is asked for; the days are in the zone of who asks. */
export interface PackAsked {
  systemId?: string;
  organisationId?: string;
  from?: string;
  to?: string;
}

export interface MadePack {
  stream: Readable;
  fileName: string;
}

/** Makes audit packs (docs/adr/0044): everything is read from one state of the database while it is sent, and nothing is kept but the digest. */
@Injectable()
export class PackMaker {
  private open = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly chain: AuditChain,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem 404 and 403 by the permission to read audit events, 400 for days in the wrong order, 429 PACKS_BUSY while this process makes as
   *   many as it does at once.
   */
  async make(actor: Actor, asked: PackAsked): Promise<MadePack> {
    const { from, to } = asked;
    if (from && to && from > to) throw fieldProblem(400, 'from', 'AFTER_END');
    const about = await requireAbout(this.dataSource.manager, actor, asked);
    if (this.open >= AT_ONCE) throw new Problem(429, 'PACKS_BUSY', { retryAfterSeconds: BUSY_SECONDS });
    this.open += 1;
    let snapshot: Snapshot | undefined;
    const closed = (): void => {
      this.open -= 1;
      void snapshot?.close();
    };
    try {
      const packId = newId();
      const event = { recordType: 'audit', recordId: packId, organisationId: about.organisation.id } as const;
      const of = { ...(about.system && { systemId: about.system.id }), from, to };
      await this.dataSource.transaction((m) =>
        this.audit.record(m, actor, { action: 'audit.pack_requested', ...event, after: of }),
      );
      snapshot = await Snapshot.open(this.dataSource);
      const asOf = this.clock.now();
      const scope: PackScope = {
        ...{ actor, systemId: about.system?.id ?? null, organisationId: about.organisation.id },
        fromAt: from ? startOfDay(from, actor.timeZone) : null,
        untilAt: to ? startOfDay(addDays(to, 1), actor.timeZone) : null,
      };
      const { fromAt, untilAt } = scope;
      const period = { from: from ?? null, to: to ?? null, fromAt: iso(fromAt), untilAt: iso(untilAt) };
      const head: Omit<PackManifest, 'files'> = {
        format: PACK_FORMAT,
        product: { name: 'sonae', version: productVersion() },
        ...{ packId, asOf: asOf.toISOString(), about },
        madeBy: await madeBy(snapshot, actor),
        period: from || to ? { ...period, timeZone: actor.timeZone } : null,
        withheld: await withheldFrom(snapshot.manager, scope),
        chain: await this.chain.head(snapshot.manager),
      };
      const zip = await this.fill(new PackZip(asOf, closed), snapshot, scope, async (files) => {
        const manifest = canonicalJson({ ...head, files } satisfies PackManifest);
        const sha256 = createHash('sha256').update(manifest).digest('hex');
        await this.dataSource.transaction((m) =>
          this.audit.record(m, actor, { action: 'audit.pack_made', ...event, after: { ...of, sha256 } }),
        );
        return manifest;
      });
      return { stream: zip.stream, fileName: nameOf(about, localDate(asOf, actor.timeZone)) };
    } catch (error) {
      closed();
      throw error;
    }
  }

  private async fill(
    zip: PackZip,
    snapshot: Snapshot,
    scope: PackScope,
    manifest: (files: PackZip['files']) => Promise<string>,
  ): Promise<PackZip> {
    const wording = new FrozenWording(snapshot.manager, this.titles, scope.actor.timeZone);
    const people = new PeopleNamed();
    zip.addText(README, () => Promise.resolve(`${message('ja', 'pack.readme')}\n\n${message('en', 'pack.readme')}\n`));
    for (const { id, version } of await policiesOf(snapshot.manager, scope))
      zip.addText(policyFile(version, id), () => policyText(snapshot.manager, id, people));
    for (const section of SECTIONS) zip.addRows(section.file, () => people.noting(section, scope, snapshot, wording));
    zip.addRows('people.ndjson', () => peopleFile(snapshot.manager, people));
    zip.addText(MANIFEST, () => manifest(zip.files));
    zip.end();
    return zip;
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

async function madeBy({ manager }: Snapshot, { userId }: Actor): Promise<PackManifest['madeBy']> {
  const [person] = await manager.query<PackManifest['madeBy'][]>(
    'SELECT id, display_name AS name FROM app_user WHERE id = $1',
    [userId],
  );
  return person ?? { id: userId, name: '' };
}

/** Of the letters that every file system takes. */
function nameOf({ system, organisation }: PackManifest['about'], on: string): string {
  const code = (system ?? organisation).code.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
  return `audit-pack${code && `-${code}`}-${on}.zip`;
}
