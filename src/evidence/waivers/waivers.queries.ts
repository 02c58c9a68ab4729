import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import type { Permission } from '../../access/permissions';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { localDate } from '../../core/time/zone';
import { EFFECTIVE_POLICY } from '../../obligations/ledger/effective-policy';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import type { WaiversQuery } from './dto/waiver.request';
import type { WaiverDecision, WaiverResponse } from './dto/waiver.response';

type Row = Omit<WaiverResponse, 'ruleTitle' | 'offered'> & {
  policyId: string | null;
  decidable: boolean;
  withdrawable: boolean;
  revocable: boolean;
};

/** Reads of waivers, each with what the caller may do with it. */
@Injectable()
export class WaiversQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The waivers that the caller may see, newest first. */
  async list(actor: Actor, query: WaiversQuery): Promise<Page<WaiverResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const conditions = [
      query.systemId && `w.system_id = ${bind(query.systemId)}`,
      query.organisationId &&
        `s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      query.status && `w.status = ${bind(query.status)}`,
      place && `(w.requested_at, w.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.rows(actor, parameters, conditions.join(' AND ') || 'TRUE', query.limit + 1);
    const page = pageOf(rows, query.limit, ({ requestedAt, id }) => [requestedAt.toISOString(), id]);
    return { ...page, items: await this.responses(actor, page.items) };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<WaiverResponse> {
    const parameters = new SqlParameters();
    const rows = await this.rows(actor, parameters, `w.id = ${parameters.bind(id)}`, 1);
    const [found] = await this.responses(actor, rows);
    if (!found) throw new Problem(404, 'WAIVER_NOT_FOUND');
    return found;
  }

  private rows(actor: Actor, parameters: SqlParameters, condition: string, limit: number): Promise<Row[]> {
    const today = parameters.bind(localDate(this.clock.now(), this.config.TZ_DEFAULT));
    const own = parameters.bind(actor.userId);
    const scoped = (permission: Permission): string =>
      scopeCondition(scopeOf(actor, permission), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
    const inForce = `(w.status = 'APPROVED' AND w.expires_on >= ${today}::date)`;
    return this.dataSource.query<Row[]>(
      `SELECT w.id, json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en, 'tier', s.tier) AS system,
         ${organisationJson('o')} AS organisation, w.rule_key AS "ruleKey", policy.id AS "policyId", b.dataset, w.reason,
         w.compensating_measure AS "compensatingMeasure", w.evidence, w.expires_on::text AS "expiresOn", w.renewals, w.status,
         ${inForce} AS "inForce", ${personJson('requester')} AS "requestedBy", w.requested_at AS "requestedAt",
         ${personJson('decider')} AS "decidedBy", w.decided_at AS "decidedAt", w.comment, ${personJson('revoker')} AS "revokedBy",
         w.revoked_at AS "revokedAt",
         (w.status = 'REQUESTED' AND w.requested_by_id <> ${own} AND ${scoped('waivers:approve')}) AS decidable,
         (w.status = 'REQUESTED' AND w.requested_by_id = ${own}) AS withdrawable,
         (${inForce} AND ${scoped('waivers:approve')}) AS revocable
       FROM waiver w JOIN system s ON s.id = w.system_id JOIN organisation o ON o.id = s.organisation_id
       JOIN app_user requester ON requester.id = w.requested_by_id LEFT JOIN app_user decider ON decider.id = w.decided_by_id
       LEFT JOIN app_user revoker ON revoker.id = w.revoked_by_id LEFT JOIN backup_requirement b ON b.id = w.backup_requirement_id
       LEFT JOIN LATERAL (${EFFECTIVE_POLICY('s.organisation_id')}) policy ON true
       WHERE ${condition} AND ${scoped('systems:read')} ORDER BY w.requested_at DESC, w.id DESC LIMIT ${parameters.bind(limit)}`,
      parameters.values,
    );
  }

  private async responses(actor: Actor, rows: readonly Row[]): Promise<WaiverResponse[]> {
    await this.titles.load(rows.map(({ policyId }) => policyId));
    return rows.map(({ policyId, decidable, withdrawable, revocable, ...row }) => {
      const offered: WaiverDecision[] = [
        ...(decidable ? (['approve', 'reject'] as const) : []),
        ...(withdrawable ? (['withdraw'] as const) : []),
        ...(revocable ? (['revoke'] as const) : []),
      ];
      return { ...row, ruleTitle: this.titles.title(policyId, row.ruleKey, actor.locale), offered };
    });
  }
}
