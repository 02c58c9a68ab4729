import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { isWorthNoting } from '../../../access/secrets/rotation';
import { hashOfSecret } from '../../../access/secrets/secret';
import type { CalendarEntry, ToldEntry } from '../../../core/calendar-feed/calendar-entry';
import { renderFeed } from '../../../core/calendar-feed/render-feed';
import { tell } from '../../../core/calendar-feed/told-entries';
import { type CivilDate, daysBetween } from '../../../core/time/civil-date';
import { localDate } from '../../../core/time/zone';
import { RuleTitles } from '../../../obligations/rule-titles';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { publicAddress } from '../../../platform/config/public-address';
import { type Locale, message } from '../../../platform/messages/messages';
import { CalendarFeed } from './calendar-feed.entity';
import { FEED_PREFIX } from './calendar-feeds.service';
import { entryOf } from './entry-words';
import { type FeedReach, firstDay, readDrills, readDuties, readWaivers } from './feed-entries';

interface FeedRow {
  id: string;
  userId: string | null;
  organisationId: string | null;
  locale: Locale;
  lastReadAt: Date | null;
  name: string | null;
  nameEn: string | null;
  roles: Actor['roles'];
}

const MOST_ENTRIES = 5_000;
const REFRESH = 'PT4H';

/** Tells what is in a calendar now, to whoever has its secret. */
@Injectable()
export class FeedReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The id of the feed that `secret` opens now; null for one that is unknown or revoked, or whose person's account is closed. */
  async find(secret: string): Promise<string | null> {
    const hash = hashOfSecret(FEED_PREFIX, secret);
    if (hash === null) return null;
    const [row] = await this.dataSource.query<{ id: string }[]>(
      `SELECT f.id FROM calendar_feed f LEFT JOIN app_user u ON u.id = f.user_id
       WHERE f.secret_hash = $1 AND f.revoked_at IS NULL AND (f.user_id IS NULL OR (u.active AND u.erased_at IS NULL))`,
      [hash],
    );
    return row?.id ?? null;
  }

  /**
   * The feed as iCalendar with its entity tag, the same as long as nothing in it has changed. What it tells is kept, so that the next reading knows what is
   * different; readings of one feed come one after the other. Null when it was revoked in between.
   */
  async read(feedId: string): Promise<{ text: string; tag: string } | null> {
    return this.dataSource.transaction(async (m) => {
      const feed = await this.lock(m, feedId);
      if (!feed) return null;
      const now = this.clock.now();
      const today = localDate(now, this.config.TZ_DEFAULT);
      const { entries, cutAt } = await this.entries(m, feed, today);
      const before = await toldBefore(m, feedId);
      const { told, changed } = tell(before, entries, now, (entry) => this.isLeftOut(entry, today, cutAt));
      await keep(m, feedId, changed);
      if (isWorthNoting(feed.lastReadAt, now)) await m.update(CalendarFeed, { id: feedId }, { lastReadAt: now });
      const text = renderFeed({ ...namesOf(feed, cutAt !== null), refresh: REFRESH, told });
      return { text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 32)}"` };
    });
  }

  private async lock(m: EntityManager, feedId: string): Promise<FeedRow | undefined> {
    const [row] = await m.query<FeedRow[]>(
      `SELECT f.id, f.user_id AS "userId", f.organisation_id AS "organisationId", f.locale, f.last_read_at AS "lastReadAt", org.name,
         org.name_en AS "nameEn", (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', r.organisation_id)), '[]')
           FROM role_assignment r WHERE r.user_id = f.user_id) AS roles
       FROM calendar_feed f LEFT JOIN organisation org ON org.id = f.organisation_id
       WHERE f.id = $1 AND f.revoked_at IS NULL FOR NO KEY UPDATE OF f`,
      [feedId],
    );
    return row;
  }

  /** At most 5,000, the nearest to today; `cutAt` is how many days the last of them is away when there are more. */
  private async entries(
    m: EntityManager,
    feed: FeedRow,
    today: CivilDate,
  ): Promise<{ entries: CalendarEntry[]; cutAt: number | null }> {
    const reach = reachOf(feed);
    const limit = MOST_ENTRIES + 1;
    const duties = await readDuties(m, reach, today, limit);
    const drills = await readDrills(m, reach, today, limit);
    const waivers = await readWaivers(m, reach, today, limit);
    await this.titles.load(
      [...duties, ...waivers].map(({ policyId }) => policyId),
      m,
    );
    const { locale } = feed;
    const wording = {
      locale,
      address: publicAddress(this.config),
      ruleTitle: (policyId: string | null, ruleKey: string) => this.titles.title(policyId, ruleKey, locale),
    };
    const all = [...duties, ...drills, ...waivers].map((row) => entryOf(row, wording));
    if (all.length <= MOST_ENTRIES) return { entries: all, cutAt: null };
    const away = (entry: CalendarEntry): number => this.daysAway(entry, today);
    const entries = all.sort((a, b) => away(a) - away(b)).slice(0, MOST_ENTRIES);
    return { entries, cutAt: away(entries.at(-1) as CalendarEntry) };
  }

  /** Whether an entry that was told is missing because it lies too far away, not because it has ended. */
  private isLeftOut(entry: CalendarEntry, today: CivilDate, cutAt: number | null): boolean {
    if (cutAt !== null && this.daysAway(entry, today) >= cutAt) return true;
    return !entry.uid.startsWith('duty-') && this.dayOf(entry) <= firstDay(today);
  }

  private daysAway(entry: CalendarEntry, today: CivilDate): number {
    return Math.abs(daysBetween(today, this.dayOf(entry)));
  }

  private dayOf({ time }: CalendarEntry): CivilDate {
    return 'on' in time ? time.on : localDate(new Date(time.startsAt), this.config.TZ_DEFAULT);
  }
}

/** The scope of the owner as it is now: what the person may see, or the organisation down to agencies that keep their details to themselves. */
function reachOf({ userId, organisationId, locale, roles }: FeedRow): FeedReach {
  if (userId)
    return { scope: scopeOf({ userId, locale, timeZone: '', roles, requestId: null }, 'systems:read'), userId };
  const organisationIds = organisationId ? [organisationId] : [];
  return { scope: { organisationIds, ownWithinIds: [], userId: '', intoClosed: false }, userId: null };
}

function namesOf({ userId, locale, name, nameEn }: FeedRow, isCut: boolean): { name: string; description: string } {
  const description = message(locale, 'calendarFeed.text');
  const cut = message(locale, 'calendarFeed.cut', { count: MOST_ENTRIES });
  return {
    name: userId
      ? message(locale, 'calendarFeed.own')
      : message(locale, 'calendarFeed.organisation', { name: (locale === 'en' && nameEn) || name }),
    description: isCut ? `${description}\n${cut}` : description,
  };
}

async function toldBefore(m: EntityManager, feedId: string): Promise<ToldEntry[]> {
  const rows = await m.query<(Omit<ToldEntry, 'entry'> & { content: string })[]>(
    `SELECT content, sequence, changed_at AS "changedAt", ended_at AS "endedAt" FROM calendar_feed_entry WHERE feed_id = $1`,
    [feedId],
  );
  return rows.map(({ content, ...told }) => ({ ...told, entry: JSON.parse(content) as CalendarEntry }));
}

async function keep(m: EntityManager, feedId: string, changed: readonly ToldEntry[]): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map(({ entry, ...told }) => ({ ...told, uid: entry.uid, content: JSON.stringify(entry) }));
  await m.query(
    `INSERT INTO calendar_feed_entry (feed_id, uid, content, sequence, changed_at, ended_at)
     SELECT $1, row.uid, row.content, row.sequence, row."changedAt", row."endedAt"
     FROM jsonb_to_recordset($2::jsonb) AS row(uid text, content text, sequence integer, "changedAt" timestamptz, "endedAt" timestamptz)
     ON CONFLICT (feed_id, uid) DO UPDATE SET content = excluded.content, sequence = excluded.sequence,
       changed_at = excluded.changed_at, ended_at = excluded.ended_at`,
    [feedId, JSON.stringify(rows)],
  );
}
