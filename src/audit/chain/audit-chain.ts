import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type ChainFault, type ChainHead, START } from './chain-hash';
import { ALTERED_AT, FIRST_UNLINKED, HEAD, PAGE } from './chain-sql';

/** What a look at every link of the chain came to. */
export interface ChainVerdict {
  valid: boolean;
  events: number;
  links: number;
  /** The last link: written down elsewhere, it later proves that no event was cut off the end. Null in an empty chain. */
  head: ChainHead | null;
  firstBroken: { seq: number | null; eventId: string | null; reason: ChainFault } | null;
}

interface PageRow {
  links: number;
  seq: number;
  hash: string;
  broken: { seq: number; eventId: string; reason: ChainFault } | null;
}

const PAGE_SIZE = 5_000;

/** The chain of hashes through all audit events, as the database holds it. */
@Injectable()
export class AuditChain {
  constructor(private readonly dataSource: DataSource) {}

  /** The last link; null when there is none. */
  async head(m: EntityManager = this.dataSource.manager): Promise<ChainHead | null> {
    const [head] = await m.query<ChainHead[]>(HEAD);
    return head ?? null;
  }

  /**
   * Computes every hash anew, page by page, on one snapshot.
   * @param noted a head that was written down before: the link must still be there, and be the same.
   */
  async verify(noted?: ChainHead): Promise<ChainVerdict> {
    return this.dataSource.transaction('REPEATABLE READ', async (m) => {
      const [{ events, links }] = (await m.query(
        `SELECT (SELECT count(*) FROM audit_event)::integer AS events, (SELECT count(*) FROM audit_link)::integer AS links`,
      )) as [{ events: number; links: number }];
      const firstBroken =
        (await this.firstBrokenLink(m)) ??
        (await this.firstUnlinked(m)) ??
        (noted ? await this.against(m, noted) : null);
      return { valid: firstBroken === null, events, links, head: await this.head(m), firstBroken };
    });
  }

  private async firstBrokenLink(m: EntityManager): Promise<ChainVerdict['firstBroken']> {
    let { seq, hash } = START;
    for (;;) {
      const [page] = (await m.query(PAGE, [seq, hash, PAGE_SIZE])) as PageRow[];
      if (!page || page.links === 0) return null;
      if (page.broken) return this.named(m, page.broken);
      ({ seq, hash } = page);
    }
  }

  /** A hash that does not fit may have been altered itself, or what it was made of, or the events have changed places. */
  private async named(m: EntityManager, broken: NonNullable<PageRow['broken']>): Promise<ChainVerdict['firstBroken']> {
    if (broken.reason !== 'EVENT_ALTERED') return broken;
    const [row] = (await m.query(ALTERED_AT, [broken.seq, START.hash])) as { reason: ChainFault }[];
    return { ...broken, reason: row?.reason ?? broken.reason };
  }

  private async firstUnlinked(m: EntityManager): Promise<ChainVerdict['firstBroken']> {
    const [row] = (await m.query(FIRST_UNLINKED)) as { id: string }[];
    return row ? { seq: null, eventId: row.id, reason: 'EVENT_NOT_LINKED' } : null;
  }

  private async against(m: EntityManager, { seq, hash }: ChainHead): Promise<ChainVerdict['firstBroken']> {
    const [link] = (await m.query('SELECT hash, event_id AS "eventId" FROM audit_link WHERE seq = $1', [seq])) as {
      hash: string;
      eventId: string;
    }[];
    if (!link) return { seq, eventId: null, reason: 'END_MISSING' };
    return link.hash === hash ? null : { seq, eventId: link.eventId, reason: 'CHAIN_REWRITTEN' };
  }
}
