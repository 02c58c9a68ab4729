import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { InletState } from '../../../core/inlet/judge-inlet';
import type { NoticeKind } from '../../../obligations/notices/notice.entity';
import { tellPeople } from '../../../obligations/notices/tell-people';
import { Clock } from '../../../platform/clock/clock';

const BATCH = 500;
/** A bound on one run; what is left is taken by the next, seconds later. */
const BATCHES_PER_RUN = 20;

/** What people are told of: it will not go away by waiting. */
const FAULTS = `('MISSED','STUCK','FAILING','UNUSUAL')`;

const KINDS: Partial<Record<InletState, NoticeKind>> = { FAILING: 'INLET_FAILING', UNUSUAL: 'INLET_UNUSUAL' };

interface Fault {
  id: string;
  state: InletState;
  since: Date;
  systemId: string;
  organisationId: string;
  requirementId: string;
  /** Whether anybody still counts on it. */
  matters: boolean;
}

const CLAIM = `
  WITH untold AS (
    SELECT id FROM inlet WHERE state IN ${FAULTS} AND revoked_at IS NULL AND told_fault_at IS DISTINCT FROM since
    ORDER BY since, id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED),
  told AS (UPDATE inlet i SET told_fault_at = i.since FROM untold WHERE i.id = untold.id RETURNING i.*)
  SELECT told.id, told.state, told.since, told.system_id AS "systemId", s.organisation_id AS "organisationId",
    told.backup_requirement_id AS "requirementId", s.lifecycle <> 'RETIRED' AND r.withdrawn_on IS NULL AS matters
  FROM told JOIN system s ON s.id = told.system_id JOIN backup_requirement r ON r.id = told.backup_requirement_id`;

/**
 * Owner, deputy and the nearest backup operators of each inlet; where there is nobody, the nearest who answers for the organisation. Nobody
 * above an agency that keeps its details to itself is told what is inside.
 */
const RECIPIENTS = `
  WITH faulty AS (SELECT i.id, s.owner_id, s.deputy_id, s.organisation_id FROM inlet i JOIN system s ON s.id = i.system_id
      WHERE i.id = ANY($1::uuid[])),
  holders AS (
    SELECT f.id, r.user_id, array_position(ARRAY['BACKUP_OPERATOR','MANAGER','CISO_OFFICE','ADMIN'], r.role) AS place,
      rank() OVER (PARTITION BY f.id, r.role ORDER BY c.depth) AS nearness
    FROM faulty f JOIN organisation_closure c ON c.organisation_id = f.organisation_id AND c.details_open
      JOIN role_assignment r ON r.organisation_id = c.ancestor_id AND r.role IN ('BACKUP_OPERATOR','MANAGER','CISO_OFFICE','ADMIN')
      JOIN app_user u ON u.id = r.user_id AND u.active),
  asked AS (
    SELECT f.id, u.id AS user_id, 1 AS place FROM faulty f JOIN app_user u ON u.id IN (f.owner_id, f.deputy_id) AND u.active
    UNION SELECT id, user_id, place FROM holders WHERE nearness = 1)
  SELECT DISTINCT id AS "inletId", user_id AS "userId"
  FROM (SELECT asked.*, min(place) OVER (PARTITION BY id) AS first FROM asked) ranked WHERE place = first ORDER BY 1, 2`;

/** A notice stands while the fault lasts that it was made for. What is in a mail already is looked at again when that is written. */
const WITHDRAW = `
  UPDATE notice SET status = 'CANCELLED' FROM inlet i
  WHERE notice.status = 'PENDING' AND notice.inlet_id IS NOT NULL AND notice.mail_id IS NULL AND i.id = notice.inlet_id
    AND (i.revoked_at IS NOT NULL OR i.state NOT IN ${FAULTS} OR i.since > notice.created_at)`;

/** Tells who looks after the backups of a system that a tool has fallen silent, fails or made a backup out of the ordinary, with their next digest (docs/adr/0029). */
@Injectable()
export class InletNotices {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Takes back what is over, and tells of every fault that nobody has been told of, a batch per transaction. Returns how many. */
  async run(): Promise<number> {
    await this.dataSource.query(WITHDRAW);
    let told = 0;
    for (let round = 0; round < BATCHES_PER_RUN; round += 1) {
      const batch = await this.dataSource.transaction((m) => this.tell(m));
      told += batch;
      if (batch < BATCH) break;
    }
    return told;
  }

  private async tell(m: EntityManager): Promise<number> {
    const faults = await m.query<Fault[]>(CLAIM);
    if (faults.length === 0) return 0;
    const byId = new Map(faults.map((fault) => [fault.id, fault]));
    const mattering = faults.filter(({ matters }) => matters).map(({ id }) => id);
    const recipients = await m.query<{ inletId: string; userId: string }[]>(RECIPIENTS, [mattering]);
    const createdAt = this.clock.now();
    await tellPeople(
      m,
      recipients.map(({ inletId, userId }) => {
        const { state, since, systemId, organisationId, requirementId } = byId.get(inletId) as Fault;
        return {
          ...{ userId, inletId, systemId, systemCount: 1, organisationIds: [organisationId], note: null, createdAt },
          kind: KINDS[state] ?? 'INLET_SILENT',
          occurrence: `${inletId} ${since.toISOString()}`,
          path: `/systems/${systemId}/backups/${requirementId}/runs`,
        };
      }),
    );
    return faults.length;
  }
}
