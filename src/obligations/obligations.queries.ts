import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf, wordingOf } from '../access/actor';
import { organisationJson, personJson } from '../access/references/refs-sql';
import { allowedOnSystem } from '../access/scope/allowed-on-system';
import { scopeCondition, SqlParameters } from '../access/scope/scope-sql';
import { requireSystem } from '../access/scope/system-access';
import type { Tier } from '../core/importance/tier';
import { isWaivable } from '../core/obligation/judge-ruling';
import type { Reason } from '../core/readiness/reason';
import { latestSnooze } from '../core/reminder/snooze';
import { localDate } from '../core/time/zone';
import { Clock } from '../platform/clock/clock';
import { Config } from '../platform/config/config';
import { CursorKind, CursorValue, decodeCursor, Page, pageOf } from '../platform/http/cursor';
import { Problem } from '../platform/http/problem';
import { RenderedReason, renderReason } from '../platform/messages/render-reason';
import { searchCondition } from '../platform/search/search-condition';
import { ObligationResponse, TransitionResponse } from './dto/obligation.response';
import { ObligationsQuery } from './dto/obligations.request';
import { dueKeyOf, nearestDue } from './lists/nearest-due';
import { nearestByName } from './lists/nearest-name';
import { ASKED_PEOPLE } from './notices/asked-sql';
import { RuleTitles } from './rule-titles';

type Row = Omit<ObligationResponse, 'ruleTitle' | 'clause' | 'edition' | 'waivable' | 'reason' | 'snoozableUntil'> & {
  tier: Tier;
  occurrence: string | null;
  policyId: string;
  reason: Reason;
  dueKey: string;
};

interface Order {
  sql: string;
  kinds: CursorKind[];
  keyOf: (row: Row) => CursorValue[];
  /** Set where the order is that of the due days. */
  due?: { direction: 'ASC' | 'DESC'; after: (place: string[]) => string };
}

const DUE_KEY = dueKeyOf('o');

/** Whom the obligation belongs to: for an improvement item its owner too. */
const OWNERS = ['s.owner_id', 's.deputy_id', 'i.owner_id'];

const ORDERS: Record<NonNullable<ObligationsQuery['sort']>, Order> = {
  dueOn: {
    sql: `${DUE_KEY}, o.id`,
    kinds: ['date', 'id'],
    keyOf: ({ dueKey, id }) => [dueKey, id],
    due: { direction: 'ASC', after: ([due, id]) => `(${DUE_KEY}, o.id) > (${due}::date, ${id}::uuid)` },
  },
  '-dueOn': {
    sql: `${DUE_KEY} DESC, o.id DESC`,
    kinds: ['date', 'id'],
    keyOf: ({ dueKey, id }) => [dueKey, id],
    due: { direction: 'DESC', after: ([due, id]) => `(${DUE_KEY}, o.id) < (${due}::date, ${id}::uuid)` },
  },
  name: {
    sql: `coalesce(s.name, org.name), o.id`,
    kinds: ['text', 'id'],
    keyOf: ({ system, organisation, id }) => [system?.name ?? organisation.name, id],
  },
};

/** SQL of the ids of what one person owes, found from the person: `OWNERS` as a union. */
const owedBy = (person: string): string =>
  `SELECT owed.id FROM obligation owed JOIN system own ON own.id = owed.system_id WHERE own.owner_id = ${person}::uuid
   UNION SELECT owed.id FROM obligation owed JOIN system own ON own.id = owed.system_id WHERE own.deputy_id = ${person}::uuid
   UNION SELECT owed.id FROM obligation owed JOIN improvement_item item ON item.id = owed.duty_of WHERE item.owner_id = ${person}::uuid`;

/** Reads of obligations for screens. */
@Injectable()
export class ObligationsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** One page of the obligations that the person may see, by the filters of the query. */
  async list(actor: Actor, query: ObligationsQuery & { obligationId?: string }): Promise<Page<ObligationResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const order = ORDERS[query.sort ?? 'dueOn'];
    const place = decodeCursor(query.cursor, ...order.kinds)?.map(bind);
    const owner = query.owner === 'me' ? actor.userId : query.owner;
    const scope = scopeOf(actor, 'systems:read');
    const conditions = [
      scopeCondition(scope, parameters, 'o.organisation_id', OWNERS),
      query.obligationId && `o.id = ${bind(query.obligationId)}`,
      query.systemId && `o.system_id = ${bind(query.systemId)}`,
      query.organisationId &&
        `o.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      query.tier && `o.tier = ANY(${bind(query.tier)}::text[])`,
      query.state && `o.state = ANY(${bind(query.state)}::text[])`,
      query.ruleKey && `o.rule_key = ${bind(query.ruleKey)}`,
      query.gating !== undefined && `o.gating = ${bind(query.gating)}`,
      owner && `o.id IN (${owedBy(bind(owner))})`,
      scope.organisationIds.length === 0 && `o.id IN (${owedBy(bind(actor.userId))})`,
      query.dueOn && `${DUE_KEY} = ${bind(query.dueOn)}::date`,
      query.dueBefore && `${DUE_KEY} < ${bind(query.dueBefore)}::date`,
      searchCondition(query.q, 's', bind),
      place && order.due?.after(place),
    ]
      .filter(Boolean)
      .join(' AND ');
    // What few people, systems or words are asked about is found from there; all else where it stands by due day or name.
    const narrow = query.systemId ?? owner ?? query.q ?? (scope.organisationIds.length === 0 || undefined);
    const { tier: tiers, state: states, organisationId } = query;
    const limit = query.limit + 1;
    const near = order.due
      ? narrow === undefined &&
        nearestDue({ ...order.due, scope, parameters, tiers, states, organisationId, conditions, limit })
      : nearestByName({ conditions, place, limit: bind(limit) });
    const rows = await this.dataSource.query<Row[]>(
      `SELECT o.id, o.rule_key AS "ruleKey", o.kind, o.state, o.gating, o.due_on::text AS "dueOn", o.due_at AS "dueAt", o.since,
         o.evidence_id AS "evidenceId", o.reason, o.action, o.policy_id AS "policyId", ${DUE_KEY}::text AS "dueKey",
         CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en,
           'tier', s.tier, 'organisation', ${organisationJson('org')}) END AS system, ${organisationJson('org')} AS organisation,
         CASE WHEN i.id IS NOT NULL THEN json_build_object('id', i.id, 'title', i.title) END AS "improvementItem",
         CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'dataset', b.dataset) END AS "backupRequirement",
         o.tier, o.occasion->>'occurrence' AS occurrence, (${bind(actor.userId)}::uuid = ANY(${ASKED_PEOPLE})) IS TRUE AS "remindsMe",
         CASE WHEN z.id IS NOT NULL THEN json_build_object('id', z.id, 'untilOn', z.until_on, 'reason', z.reason, 'number', z.number,
           'by', ${personJson('zu')}) END AS snooze, ${personJson('u')} AS owner, ${allowedOnSystem(actor, parameters)} AS allowed
       FROM ${near ? `${near} JOIN obligation o ON o.id = near.id` : 'obligation o'} LEFT JOIN system s ON s.id = o.system_id JOIN organisation org ON org.id = o.organisation_id
       LEFT JOIN improvement_item i ON i.id = o.duty_of LEFT JOIN backup_requirement b ON b.id = o.backup_requirement_id
       LEFT JOIN app_user u ON u.id = coalesce(i.owner_id, s.owner_id)
       LEFT JOIN snooze z ON z.obligation_id = o.id AND z.ended_at IS NULL AND z.occurrence = o.occasion->>'occurrence'
         AND z.until_on >= ${bind(this.today())}::date
       LEFT JOIN app_user zu ON zu.id = z.snoozed_by_id
       WHERE ${near ? 'true' : conditions} ORDER BY ${order.sql} LIMIT ${bind(limit)}`,
      parameters.values,
    );
    const page = pageOf(rows, query.limit, order.keyOf);
    await this.titles.load(page.items.map(({ policyId }) => policyId));
    return { ...page, items: page.items.map((row) => this.response(row, actor)) };
  }

  /** One page of the obligations of one system. @throws Problem 404 when it may not be seen. */
  async ofSystem(actor: Actor, systemId: string, query: ObligationsQuery): Promise<Page<ObligationResponse>> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    return this.list(actor, { ...query, systemId });
  }

  /** One obligation of a system. @throws Problem 404 when it may not be seen. */
  async get(actor: Actor, systemId: string, obligationId: string): Promise<ObligationResponse> {
    const { items } = await this.list(actor, { systemId, obligationId, limit: 1 });
    if (!items[0]) throw new Problem(404, 'OBLIGATION_NOT_FOUND');
    return items[0];
  }

  /** The changes of state of one obligation, newest first. @throws Problem 404 when it may not be seen. */
  async transitions(
    actor: Actor,
    obligationId: string,
    limit: number,
    cursor?: string,
  ): Promise<Page<TransitionResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(cursor, 'instant', 'id')?.map(bind);
    const organisation = 'coalesce(s.organisation_id, i.organisation_id)';
    const scope = scopeCondition(scopeOf(actor, 'systems:read'), parameters, organisation, OWNERS);
    const rows = await this.dataSource.query<TransitionResponse[]>(
      `SELECT t.id, t.at, t.from_state AS "fromState", t.to_state AS "toState", t.evidence_id AS "evidenceId"
       FROM obligation_transition t LEFT JOIN system s ON s.id = t.system_id LEFT JOIN improvement_item i ON i.id = t.duty_of
       WHERE t.obligation_id = ${bind(obligationId)} AND ${scope} ${place ? `AND (t.at, t.id) < (${place[0]}, ${place[1]}::uuid)` : ''}
       ORDER BY t.at DESC, t.id DESC LIMIT ${bind(limit + 1)}`,
      parameters.values,
    );
    if (rows.length === 0 && !cursor) throw new Problem(404, 'OBLIGATION_NOT_FOUND');
    return pageOf(rows, limit, ({ at, id }) => [at.toISOString(), id]);
  }

  /** A reason in the words of the caller, with the rule titles of the policy it was given under. */
  render(actor: Actor, reason: Reason, policyId: string | null): RenderedReason {
    return renderReason(reason, {
      ...wordingOf(actor),
      ruleTitle: (ruleKey) => this.titles.title(policyId, ruleKey, actor.locale),
    });
  }

  private today(): string {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }

  private response(
    { policyId, dueKey: _dueKey, reason, tier, occurrence, ...row }: Row,
    actor: Actor,
  ): ObligationResponse {
    const snoozable = row.remindsMe && occurrence !== null && row.snooze === null;
    const rule = this.titles.rule(policyId, row.ruleKey);
    return {
      ...row,
      snoozableUntil: snoozable ? latestSnooze(tier, this.today()) : null,
      ...{ clause: rule?.clause ?? null, edition: rule?.edition ?? null },
      waivable: rule !== null && row.system !== null && isWaivable(rule, row.system.tier),
      ruleTitle: this.titles.title(policyId, row.ruleKey, actor.locale),
      reason: this.render(actor, reason, policyId),
    };
  }
}
