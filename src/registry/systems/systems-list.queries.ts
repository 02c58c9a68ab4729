import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf, wordingOf } from '../../access/actor';
import { nobodyReachable } from '../../access/references/reachable-sql';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { TIERS } from '../../core/importance/tier';
import { Reason } from '../../core/readiness/reason';
import { VERDICTS } from '../../core/readiness/system-verdict';
import { coverageCondition } from '../../obligations/coverage/coverage-sql';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { CursorKind, CursorValue, decodeCursor, pageOf } from '../../platform/http/cursor';
import { renderReason } from '../../platform/messages/render-reason';
import { searchCondition } from '../../platform/search/search-condition';
import { effectiveVerdictOf, HELD_BACK } from '../../obligations/effective/effective-verdict-sql';
import { ListSystemsQuery, SystemSort } from './dto/list-systems.request';
import { SystemListItem, SystemPage } from './dto/system.response';

interface Next {
  obligationId: string;
  ruleKey: string;
  policyId: string;
  reason: Reason;
}

type Row = Omit<SystemListItem, 'nextAction'> & { next: Next | null; rank: number; total?: string };

/**
 * A search answers from at most this many matches. They are found before they are sorted: left to itself the planner walks the sort index and
 * tests every row for the words (docs/adr/0014).
 */
const MOST_MATCHES = 10_000;

const position = (list: readonly string[], column: string): string =>
  `coalesce(array_position(ARRAY[${list.map((item) => `'${item}'`).join(', ')}], ${column}), ${list.length + 1})`;

interface Order {
  /** The sort columns; the last one is the id. */
  columns: string[];
  kinds: CursorKind[];
  keyOf: (row: Row) => CursorValue[];
}

const byRank = (rank: string): Order => ({
  columns: [rank, 's.code', 's.id'],
  kinds: ['number', 'text', 'id'],
  keyOf: (row) => [row.rank, row.code, row.id],
});

const ORDERS: Record<SystemSort, Order> = {
  code: { columns: ['s.code', 's.id'], kinds: ['text', 'id'], keyOf: ({ code, id }) => [code, id] },
  name: { columns: ['s.name', 's.id'], kinds: ['text', 'id'], keyOf: ({ name, id }) => [name, id] },
  tier: byRank(position(TIERS, 's.tier')),
  verdict: byRank(position(VERDICTS, 'r.verdict')),
};

const TYPES: Record<CursorKind, string> = {
  text: 'text',
  id: 'uuid',
  number: 'integer',
  date: 'date',
  instant: 'timestamptz',
};

const SYSTEMS = 'system s LEFT JOIN system_readiness r ON r.system_id = s.id';

/** Of systems that stand so with everything they cannot do without. */
const effectively = (verdicts: string): string =>
  `(s.id IN (SELECT id FROM (${HELD_BACK}) held WHERE verdict = ANY(${verdicts}::text[]))
    OR r.verdict = ANY(${verdicts}::text[]) AND s.id NOT IN (SELECT id FROM (${HELD_BACK}) held))`;

/** The ledger of systems as a list: one statement a page, which looks up names and readiness for the systems of the page only. */
@Injectable()
export class SystemsListQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: ListSystemsQuery): Promise<SystemPage> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const order = ORDERS[query.sort ?? 'code'];
    const filters = this.filters(actor, query, parameters).join(' AND ');
    const matches = `SELECT s.id FROM ${SYSTEMS} WHERE ${filters}`;
    const searched = Boolean(query.q?.trim());
    const conditions = [searched ? 's.id IN (SELECT id FROM matching)' : filters];
    const place = decodeCursor(query.cursor, ...order.kinds);
    if (place) {
      const bound = place.map((value, index) => `${bind(value)}::${TYPES[order.kinds[index] as CursorKind]}`);
      conditions.push(`(${order.columns.join(', ')}) > (${bound.join(', ')})`);
    }
    const total = query.total ? `, (SELECT count(*) FROM (${matches}) counted) AS total` : '';
    const keys = order.columns.map((column, index) => `${column} AS key${index}`);
    const rows = await this.dataSource.query<Row[]>(
      `WITH ${searched ? `matching AS MATERIALIZED (${matches} LIMIT ${MOST_MATCHES}), ` : ''}
       page AS (SELECT s.id, ${keys.join(', ')} FROM ${SYSTEMS} WHERE ${conditions.join(' AND ')}
         ORDER BY ${order.columns.join(', ')} LIMIT ${bind(query.limit + 1)})
       SELECT s.id, s.code, s.name, s.name_en AS "nameEn", ${organisationJson('o')} AS organisation, ${personJson('u')} AS owner,
         s.tier, s.lifecycle, r.verdict, ${effectiveVerdictOf('s', 'r.verdict')} AS "effectiveVerdict",
         ${nobodyReachable('s')} AS unreachable, s.row_version AS version, page.key0 AS rank,
         json_build_object('applicable', coalesce(r.applicable, 0), 'met', coalesce(r.met, 0), 'dueSoon', coalesce(r.due_soon, 0),
           'overdue', coalesce(r.overdue, 0), 'failed', coalesce(r.failed, 0), 'unknown', coalesce(r.unknown, 0),
           'waived', coalesce(r.waived, 0)) AS counts,
         CASE WHEN n.id IS NOT NULL THEN json_build_object('obligationId', n.id, 'ruleKey', n.rule_key, 'policyId', n.policy_id,
           'reason', n.reason) END AS next${total}
       FROM page JOIN system s ON s.id = page.id LEFT JOIN system_readiness r ON r.system_id = s.id
       JOIN organisation o ON o.id = s.organisation_id LEFT JOIN app_user u ON u.id = s.owner_id
       LEFT JOIN obligation n ON n.id = r.next_obligation_id
       ORDER BY ${keys.map((_, index) => `page.key${index}`).join(', ')}`,
      parameters.values,
    );
    const page = pageOf(rows, query.limit, order.keyOf);
    await this.titles.load(page.items.map(({ next }) => next?.policyId ?? null));
    return {
      items: page.items.map((row) => this.item(row, actor)),
      nextCursor: page.nextCursor,
      ...(query.total && { total: Number(rows[0]?.total ?? 0) }),
    };
  }

  private filters(actor: Actor, query: ListSystemsQuery, parameters: SqlParameters): string[] {
    const bind = (value: unknown): string => parameters.bind(value);
    const owner = query.owner === 'me' ? actor.userId : query.owner;
    return [
      scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']),
      query.tier && `s.tier = ANY(${bind(query.tier)}::text[])`,
      query.lifecycle && `s.lifecycle = ANY(${bind(query.lifecycle)}::text[])`,
      query.organisationId &&
        `s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      owner && `${bind(owner)}::uuid IN (s.owner_id, s.deputy_id)`,
      query.verdict && `r.verdict = ANY(${bind(query.verdict)}::text[])`,
      query.effectiveVerdict && effectively(bind(query.effectiveVerdict)),
      query.heldBack !== undefined &&
        `r.verdict IS NOT NULL AND s.id ${query.heldBack ? '' : 'NOT '}IN (SELECT id FROM (${HELD_BACK}) held)`,
      query.reachable !== undefined && `${query.reachable ? 'NOT ' : ''}${nobodyReachable('s')}`,
      query.coverage && coverageCondition(query.coverage, () => bind(this.clock.now())),
      searchCondition(query.q, 's', bind),
    ].filter((condition): condition is string => Boolean(condition));
  }

  private item({ next, rank: _rank, total: _total, ...row }: Row, actor: Actor): SystemListItem {
    if (!next) return { ...row, nextAction: null };
    const { obligationId, ruleKey, policyId, reason } = next;
    const ruleTitle = (key: string): string => this.titles.title(policyId, key, actor.locale);
    const words = renderReason(reason, { ...wordingOf(actor), ruleTitle });
    return { ...row, nextAction: { ...words, obligationId, ruleKey, ruleTitle: ruleTitle(ruleKey) } };
  }
}
