import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { requireNamedOrganisation } from '../../../access/references/organisation-reference';
import { organisationJson } from '../../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { firstSecret } from '../../../access/secrets/rotation';
import { newSecret } from '../../../access/secrets/secret';
import type { AuditAction } from '../../../audit/audit-actions';
import { AuditLog } from '../../../audit/audit-log';
import { Clock } from '../../../platform/clock/clock';
import { newId } from '../../../platform/database/id';
import { Problem } from '../../../platform/http/problem';
import type { Locale } from '../../../platform/messages/messages';
import { CalendarFeedEntry } from './calendar-feed-entry.entity';
import { CalendarFeed } from './calendar-feed.entity';
import type { CalendarFeedResponse } from './dto/calendar-feed.dto';

export const FEED_PREFIX = 'sonaecal_';

const MOST_FEEDS = 20;

/** Makes, rotates and revokes the feeds of one's own and those of organisations whose channels one manages. */
@Injectable()
export class CalendarFeedsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The feeds that have not been revoked, one's own first. Their secrets are not among what is told. */
  async list(actor: Actor): Promise<CalendarFeedResponse[]> {
    return this.read(this.dataSource.manager, actor);
  }

  /** @throws Problem 404 when it is not there, revoked, or not to be managed by the caller. */
  async get(actor: Actor, id: string, m: EntityManager = this.dataSource.manager): Promise<CalendarFeedResponse> {
    const [found] = await this.read(m, actor, id);
    if (!found) throw new Problem(404, 'CALENDAR_FEED_NOT_FOUND');
    return found;
  }

  /** @throws Problem 403 and 422 for an organisation whose channels the caller does not manage; 409 for too many. */
  async create(
    actor: Actor,
    organisationId: string | null,
    locale: Locale,
  ): Promise<{ feed: CalendarFeedResponse; secret: string }> {
    const made = newSecret(FEED_PREFIX);
    return this.dataSource.transaction(async (m) => {
      if (organisationId) await requireNamedOrganisation(m, actor, 'channels:write', organisationId, 'organisationId');
      const owner = organisationId ? { userId: null, organisationId } : { userId: actor.userId, organisationId: null };
      // Waits for another feed of the same owner, so that many at once do not pass the limit.
      const owners = organisationId ? 'organisation' : 'app_user';
      await m.query(`SELECT FROM ${owners} WHERE id = $1 FOR NO KEY UPDATE`, [organisationId ?? actor.userId]);
      const present = organisationId ? { organisationId } : { userId: actor.userId };
      if ((await m.countBy(CalendarFeed, { ...present, revokedAt: IsNull() })) >= MOST_FEEDS)
        throw new Problem(409, 'TOO_MANY_CALENDAR_FEEDS', { params: { limit: MOST_FEEDS } });
      const id = newId();
      await m.insert(CalendarFeed, { ...owner, ...firstSecret(made), id, locale, createdAt: this.clock.now() });
      await this.record(m, actor, 'calendar_feed.created', id, organisationId, { locale, hint: made.hint });
      return { feed: await this.get(actor, id, m), secret: made.secret };
    });
  }

  /** Gives a feed a new address; the present one ends at once. @throws Problem 404. */
  async rotate(actor: Actor, id: string): Promise<{ feed: CalendarFeedResponse; secret: string }> {
    const made = newSecret(FEED_PREFIX);
    return this.dataSource.transaction(async (m) => {
      const { organisation } = await this.get(actor, id, m);
      await this.write(m, id, firstSecret(made));
      await this.record(m, actor, 'calendar_feed.rotated', id, organisation?.id ?? null, { hint: made.hint });
      return { feed: await this.get(actor, id, m), secret: made.secret };
    });
  }

  /** Ends a feed at once; what it told is forgotten. @throws Problem 404. */
  async revoke(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisation, hint } = await this.get(actor, id, m);
      await this.write(m, id, { revokedAt: this.clock.now() });
      await m.delete(CalendarFeedEntry, { feedId: id });
      await this.record(m, actor, 'calendar_feed.revoked', id, organisation?.id ?? null, { hint });
    });
  }

  private async write(m: EntityManager, id: string, columns: Partial<CalendarFeed>): Promise<void> {
    const { affected } = await m.update(CalendarFeed, { id, revokedAt: IsNull() }, columns);
    if (affected !== 1) throw new Problem(404, 'CALENDAR_FEED_NOT_FOUND'); // revoked in between
  }

  private read(m: EntityManager, actor: Actor, id?: string): Promise<CalendarFeedResponse[]> {
    const parameters = new SqlParameters();
    const managed = scopeCondition(scopeOf(actor, 'channels:write'), parameters, 'f.organisation_id');
    return m.query<CalendarFeedResponse[]>(
      `SELECT f.id, CASE WHEN org.id IS NOT NULL THEN ${organisationJson('org')} END AS organisation, f.locale, f.secret_hint AS hint, f.created_at AS "createdAt",
         f.last_read_at AS "lastReadAt"
       FROM calendar_feed f LEFT JOIN organisation org ON org.id = f.organisation_id
       WHERE f.revoked_at IS NULL AND (f.user_id = ${parameters.bind(actor.userId)} OR ${managed})
         ${id === undefined ? '' : `AND f.id = ${parameters.bind(id)}`}
       ORDER BY f.organisation_id IS NOT NULL, org.code, f.created_at, f.id`,
      parameters.values,
    );
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    organisationId: string | null,
    after: Record<string, unknown>,
  ): Promise<void> {
    const about = { recordType: 'calendar_feed', recordId, ...(organisationId && { organisationId }) };
    return this.audit.record(m, actor, { action, ...about, after });
  }
}
