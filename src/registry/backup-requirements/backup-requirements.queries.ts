import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireSystem } from '../../access/scope/system-access';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { BackedUpSystem, BackupFinding, checkRequirement } from '../../core/backup/check-requirement';
import type { PolicyRules } from '../../core/policy/rule';
import { formatMinutes, parseMinutes } from '../../core/time/duration';
import { EFFECTIVE_POLICY } from '../../obligations/ledger/effective-policy';
import { Config } from '../../platform/config/config';
import { decodeCursor, pageOf } from '../../platform/http/cursor';
import {
  AllBackupRequirementsQuery,
  CheckBackupRequirementRequest,
  ListBackupRequirementsQuery,
} from './dto/backup-requirement.request';
import {
  BackupRequirementPage,
  BackupRequirementResponse,
  CheckedBackupRequirementResponse,
} from './dto/backup-requirement.response';

import { renderFindings } from './render-findings';

type Row = Omit<BackupRequirementResponse, 'interval' | 'rpo' | 'findings'> & {
  intervalMinutes: number;
  rpoMinutes: number;
  findings: BackupFinding[];
};

/** `$1` is the zone whose civil days count, `$2` who asks. */
const SELECT = `
  SELECT b.id, b.system_id AS "systemId", b.dataset, b.method, b.interval_minutes AS "intervalMinutes", b.retention, b.generations,
    b.verification_cadence AS "verificationCadence", b.restore_test_cadence AS "restoreTestCadence", b.findings,
    ($2::uuid = b.author_id OR $2::uuid = ANY (b.writer_ids)) AS "ownRequest", b.rpo_minutes AS "rpoMinutes", b.copies, b.status, ${personJson('author')} AS author, ${personJson('approver')} AS "approvedBy",
    b.approved_at AS "approvedAt", b.declared_on::text AS "declaredOn", b.changed_on::text AS "changedOn",
    b.withdrawn_on::text AS "withdrawnOn", b.row_version AS version, b.created_at AS "createdAt", b.updated_at AS "updatedAt",
    (SELECT (max(e.performed_at) AT TIME ZONE $1)::date::text FROM evidence e
     WHERE e.system_id = b.system_id AND e.backup_requirement_id = b.id AND e.kind = 'REVIEW' AND e.superseded_by_id IS NULL
       AND e.usable) AS "lastReviewedOn",
    json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en, 'tier', s.tier) AS system,
    ${organisationJson('organisation')} AS organisation,
    CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', p.name, 'follows', b.follows_profile,
      'retired', p.retired_on IS NOT NULL) END AS profile,
    (SELECT json_build_object('state', o.state, 'dueOn', o.due_on::text) FROM obligation o
     WHERE o.duty_of = b.id AND o.kind = 'REVIEW' ORDER BY o.due_on LIMIT 1) AS review
  FROM backup_requirement b JOIN system s ON s.id = b.system_id JOIN organisation ON organisation.id = s.organisation_id
  LEFT JOIN backup_profile p ON p.id = b.profile_id
  LEFT JOIN app_user author ON author.id = b.author_id LEFT JOIN app_user approver ON approver.id = b.approved_by_id`;

/** Reads of backup requirements. */
@Injectable()
export class BackupRequirementsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /** The requirements of a system by the name of their data. @throws Problem 404 for the system. */
  async ofSystem(
    actor: Actor,
    systemId: string,
    { withdrawn = false, limit, cursor }: ListBackupRequirementsQuery,
  ): Promise<BackupRequirementPage> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    const [dataset = null, id = null] = decodeCursor(cursor, 'text', 'id') ?? [];
    const rows = await this.dataSource.query<Row[]>(
      `${SELECT} WHERE b.system_id = $3 AND ($4::boolean OR b.withdrawn_on IS NULL)
         AND ($6::uuid IS NULL OR (b.dataset, b.id) > ($5::text, $6::uuid))
       ORDER BY b.dataset, b.id LIMIT $7`,
      [this.config.TZ_DEFAULT, actor.userId, systemId, withdrawn, dataset, id, limit + 1],
    );
    const page = pageOf(rows, limit, (row) => [row.dataset, row.id]);
    return { ...page, items: page.items.map((row) => response(row, actor)) };
  }

  /** The requirements of all systems that the caller may see, by the names of the systems and of the data. */
  async all(actor: Actor, query: AllBackupRequirementsQuery): Promise<BackupRequirementPage> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    bind(this.config.TZ_DEFAULT);
    bind(actor.userId);
    const place = decodeCursor(query.cursor, 'text', 'text', 'id')?.map(bind);
    const owning = ['s.owner_id', 's.deputy_id'];
    const conditions = [
      'b.withdrawn_on IS NULL',
      scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', owning),
      query.systemId && `b.system_id = ${bind(query.systemId)}`,
      query.tier && `s.tier = ANY(${bind(query.tier)}::text[])`,
      query.organisationId &&
        `s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      query.backupProfileId && `b.profile_id = ${bind(query.backupProfileId)}`,
      query.status && `b.status = ${bind(query.status)}`,
      query.findings === 'any' && `b.findings <> '[]'`,
      query.findings === 'gating' && `b.findings @> '[{"gating": true}]'`,
      query.reviewDue &&
        `EXISTS (SELECT FROM obligation o WHERE o.duty_of = b.id AND o.kind = 'REVIEW' AND o.state IN ('DUE_SOON','OVERDUE','FAILED'))`,
      query.approvable &&
        `b.status = 'DRAFT' AND $2::uuid <> b.author_id AND $2::uuid <> ALL (b.writer_ids)
         AND ${scopeCondition(scopeOf(actor, 'backups:approve'), parameters, 's.organisation_id', owning)}`,
      place && `(s.name, b.dataset, b.id) > (${place[0]}, ${place[1]}, ${place[2]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<Row[]>(
      `${SELECT} WHERE ${conditions.join(' AND ')} ORDER BY s.name, b.dataset, b.id LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    const page = pageOf(rows, query.limit, ({ system, dataset, id }) => [system.name, dataset, id]);
    return { ...page, items: page.items.map((row) => response(row, actor)) };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<BackupRequirementResponse> {
    const [row] = await this.dataSource.query<Row[]>(`${SELECT} WHERE b.id = $3`, [
      this.config.TZ_DEFAULT,
      actor.userId,
      id,
    ]);
    const { manager } = this.dataSource;
    await requireSystemOf(manager, actor, 'systems:read', row?.systemId, 'BACKUP_REQUIREMENT_NOT_FOUND');
    return response(row as Row, actor);
  }

  /** What is amiss in a requirement that is still being written for a system. @throws Problem 404 and 403 for the system. */
  async check(
    actor: Actor,
    systemId: string,
    request: CheckBackupRequirementRequest,
  ): Promise<CheckedBackupRequirementResponse> {
    const { manager } = this.dataSource;
    await requireSystem(manager, actor, 'backups:write', systemId);
    const [found] = await manager.query<(BackedUpSystem & { rules: PolicyRules | null })[]>(
      `SELECT s.tier, s.outsourced, s.public_facing AS "publicFacing", s.hosting, s.confidentiality, policy.rules
       FROM system s LEFT JOIN LATERAL (${EFFECTIVE_POLICY('s.organisation_id')}) policy ON true WHERE s.id = $1`,
      [systemId],
    );
    const { rules, ...system } = found as NonNullable<typeof found>;
    const flags = { offsite: false, offline: false, immutable: false, encrypted: false };
    const terms = {
      retention: request.retention ?? null,
      generations: request.generations ?? null,
      verificationCadence: request.verificationCadence ?? null,
      restoreTestCadence: request.restoreTestCadence ?? null,
      intervalMinutes: minutesOf(request.interval),
      rpoMinutes: minutesOf(request.rpo),
      copies: request.copies.map((copy) => ({ ...flags, ...copy, medium: copy.medium ?? '' })),
    };
    return { findings: renderFindings(checkRequirement(terms, system, rules), actor) };
  }
}

const minutesOf = (text: string | null | undefined): number | null => (text ? parseMinutes(text) : null);

function response({ intervalMinutes, rpoMinutes, findings, ...row }: Row, actor: Actor): BackupRequirementResponse {
  const lengths = { interval: formatMinutes(intervalMinutes), rpo: formatMinutes(rpoMinutes) };
  return { ...row, ...lengths, findings: renderFindings(findings, actor) };
}
