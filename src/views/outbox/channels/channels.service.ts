import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { requireNamedOrganisation } from '../../../access/references/organisation-reference';
import { organisationJson } from '../../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import type { AuditAction } from '../../../audit/audit-actions';
import { AuditLog } from '../../../audit/audit-log';
import { localDate } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { requireFresh } from '../../../platform/http/etag';
import { fieldProblem, Problem } from '../../../platform/http/problem';
import { OutwardPost } from '../../../platform/outward/outward-post';
import { ChannelDelivery } from './channel-delivery';
import { Channel } from './channel.entity';
import { failureOf, failureText } from './failure';
import type { ChannelResponse, ChannelTestResponse } from './dto/channel.response';
import { channelKind } from './kinds/channel-kinds';
import { newSigningSecret } from './kinds/webhook';

export type ChannelContent = Pick<Channel, 'organisationId' | 'name' | 'kind' | 'locale' | 'address'>;
export type ChannelEdit = Partial<Pick<Channel, 'name' | 'locale' | 'address' | 'paused'>>;

const MOST_CHANNELS = 50;
const HOUR_MS = 3_600_000;

/** Says where organisations are told, and tries it. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly post: OutwardPost,
    private readonly delivery: ChannelDelivery,
  ) {}

  /** The channels of the organisations in scope that have not ended. Neither address nor secret is among what is told. */
  async list(actor: Actor): Promise<ChannelResponse[]> {
    const parameters = new SqlParameters();
    const condition = `${this.inScope(actor, parameters)} AND c.ended_at IS NULL`;
    return this.read(this.dataSource.manager, actor, condition, parameters);
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string, m: EntityManager = this.dataSource.manager): Promise<ChannelResponse> {
    const parameters = new SqlParameters();
    const condition = `${this.inScope(actor, parameters)} AND c.id = ${parameters.bind(id)}`;
    const [found] = await this.read(m, actor, condition, parameters);
    if (!found) throw new Problem(404, 'CHANNEL_NOT_FOUND');
    return found;
  }

  /**
   * Makes a channel; its secret, for a kind that signs, is told this once.
   * @throws Problem 403; 409 for a name that is taken and for too many; 422 naming the wrong field.
   */
  async create(actor: Actor, content: ChannelContent): Promise<{ id: string; secret: string | null }> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId, name, kind, locale, address } = content;
      await requireNamedOrganisation(m, actor, 'channels:write', organisationId, 'organisationId');
      const addressHint = this.hintOf(content);
      const row = { id: newId(), organisationId };
      if ((await m.countBy(Channel, { organisationId, endedAt: IsNull() })) >= MOST_CHANNELS)
        throw new Problem(409, 'TOO_MANY_CHANNELS', { params: { limit: MOST_CHANNELS } });
      const now = this.clock.now();
      const secret = channelKind(kind).signed ? newSigningSecret() : null;
      const made = { ...row, name, kind, locale, address, addressHint, secret, toldFromOn: this.today() };
      await m.insert(Channel, { ...made, createdById: actor.userId, createdAt: now, updatedAt: now });
      await this.record(m, actor, 'channel.created', row, null, { name, kind, locale, hint: addressHint });
      return { id: row.id, secret };
    });
  }

  /** Changes a channel. One that goes on after a pause is not told of what it missed. @throws Problem 404, 409, 412, 422. */
  async edit(actor: Actor, id: string, version: number, edit: ChannelEdit): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const channel = await this.open(m, actor, id);
      const said = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as ChannelEdit;
      const addressHint = this.hintOf({ ...channel, ...said });
      const resumed = channel.paused && said.paused === false;
      await this.write(m, channel, version, { ...said, addressHint, ...(resumed && { toldFromOn: this.today() }) });
      const shown = ({ name, locale, paused, addressHint: hint }: Channel): object => ({ name, locale, paused, hint });
      const after = shown({ ...channel, ...said, addressHint });
      await this.record(m, actor, 'channel.changed', channel, shown(channel) as never, {
        ...after,
        addressReplaced: said.address !== undefined && said.address !== channel.address,
      });
    });
  }

  /** Gives a webhook a new secret, told this once; the present one signs too for `graceHours`. @throws Problem 404, 409. */
  async rotate(actor: Actor, id: string, graceHours: number): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const channel = await this.open(m, actor, id);
      if (channel.secret === null) throw new Problem(409, 'CHANNEL_NOT_SIGNED');
      const secret = newSigningSecret();
      const previousUntil = graceHours > 0 ? new Date(this.clock.now().getTime() + graceHours * HOUR_MS) : null;
      const previousSecret = previousUntil && channel.secret;
      await this.write(m, channel, channel.rowVersion, { secret, previousSecret, previousUntil });
      await this.record(m, actor, 'channel.rotated', channel, null, { previousUntil });
      return secret;
    });
  }

  /** Ends a channel; what it was told stays on record, its address and secrets do not. @throws Problem 404, 409. */
  async end(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const channel = await this.open(m, actor, id);
      const secret = channel.secret && '';
      const gone = { endedAt: this.clock.now(), address: '', secret, previousSecret: null, previousUntil: null };
      await this.write(m, channel, channel.rowVersion, gone);
      await this.record(m, actor, 'channel.ended', channel, { name: channel.name, hint: channel.addressHint }, null);
    });
  }

  /** Sends a test now and says what came of it; a receiver that does not take it is no refusal of ours. @throws Problem 404, 409. */
  async test(actor: Actor, id: string): Promise<ChannelTestResponse> {
    const channel = await this.dataSource.transaction((m) => this.open(m, actor, id));
    const result = await this.delivery.test(channel, newId(), this.today()).then(
      (answer) => ({ delivered: true, answer }),
      (error: Error) => ({ delivered: false, answer: failureOf(error) }),
    );
    await this.dataSource.transaction((m) => this.record(m, actor, 'channel.tested', channel, null, result));
    return { ...result, answer: failureText(result.answer, actor.locale) };
  }

  private hintOf({ kind, address }: Pick<Channel, 'kind' | 'address'>): string {
    const refusal = channelKind(kind).refusalOf(address, this.post);
    if (refusal) throw fieldProblem(422, 'address', refusal);
    return channelKind(kind).hintOf(address);
  }

  /** A channel that has not ended, locked. */
  private async open(m: EntityManager, actor: Actor, id: string): Promise<Channel> {
    const { endedAt } = await this.get(actor, id, m);
    if (endedAt) throw new Problem(409, 'CHANNEL_ENDED');
    return m.findOneOrFail(Channel, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  private async write(m: EntityManager, { id }: Channel, version: number, fields: Partial<Channel>): Promise<void> {
    const written = { ...fields, rowVersion: version + 1, updatedAt: this.clock.now() };
    requireFresh(await m.update(Channel, { id, rowVersion: version }, written));
  }

  private inScope(actor: Actor, parameters: SqlParameters): string {
    return scopeCondition(scopeOf(actor, 'channels:write'), parameters, 'c.organisation_id');
  }

  private async read(
    m: EntityManager,
    { locale }: Actor,
    condition: string,
    parameters: SqlParameters,
  ): Promise<ChannelResponse[]> {
    const rows = await m.query<ChannelResponse[]>(
      `SELECT c.id, ${organisationJson('org')} AS organisation, c.name, c.kind, c.locale, c.address_hint AS "addressHint", c.paused,
         c.secret IS NOT NULL AS signed, CASE WHEN c.previous_until > ${parameters.bind(this.clock.now())} THEN c.previous_until END
         AS "previousUntil", last.status AS "lastStatus", last.told_on::text AS "lastToldOn", last.error AS "lastError",
         c.created_at AS "createdAt", c.ended_at AS "endedAt", c.row_version AS version
       FROM channel c JOIN organisation org ON org.id = c.organisation_id
       LEFT JOIN LATERAL (SELECT * FROM channel_message msg WHERE msg.channel_id = c.id ORDER BY msg.told_on DESC LIMIT 1) last ON true
       WHERE ${condition} ORDER BY org.code, c.name, c.id`,
      parameters.values,
    );
    return rows.map((row) => ({ ...row, lastError: failureText(row.lastError, locale) }));
  }

  private today(): string {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    { id, organisationId }: Pick<Channel, 'id' | 'organisationId'>,
    before: Record<string, unknown> | null,
    after: Record<string, unknown> | null,
  ): Promise<void> {
    return this.audit.record(m, actor, { action, recordType: 'channel', recordId: id, organisationId, before, after });
  }
}
