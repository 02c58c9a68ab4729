import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { SqlParameters } from '../../access/scope/scope-sql';
import { Problem } from '../../platform/http/problem';
import type { ImprovementDetailResponse, PartOfItem, ProgressEntry, ProofOfItem } from './dto/improvement.response';
import { ImprovementsQueries, LAST_PERCENT, responseOf } from './improvements.queries';
import { itemCondition, OWNER_OF_ITEM } from './checking/item-access';
import { findRetest } from './checking/retest';

/** More reports than anybody reads; the latest are shown. */
const LOG_LENGTH = 200;

/** One improvement item with its log, its parts and what it rests on. */
@Injectable()
export class ImprovementDetailsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly items: ImprovementsQueries,
  ) {}

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<ImprovementDetailResponse> {
    const parameters = new SqlParameters();
    const [row] = await this.items.rows(actor, parameters, `i.id = ${parameters.bind(id)}`, 1);
    if (!row) throw new Problem(404, 'IMPROVEMENT_NOT_FOUND');
    const { sourceEvidenceId, evidenceId } = row;
    const retestId =
      row.retestEvidenceId ?? (sourceEvidenceId && (await findRetest(this.dataSource.manager, sourceEvidenceId)));
    const proofs = await this.proofs([sourceEvidenceId, retestId, evidenceId]);
    const proof = (proofId: string | null): ProofOfItem | null => (proofId && proofs.get(proofId)) || null;
    return {
      ...responseOf(row, actor.userId),
      log: await this.log(id),
      partsOf: await this.parts(actor, id),
      failure: proof(sourceEvidenceId),
      retest: proof(retestId),
      proof: proof(evidenceId),
    };
  }

  private log(id: string): Promise<ProgressEntry[]> {
    return this.dataSource.query<ProgressEntry[]>(
      `SELECT p.id, p.at, ${personJson('u')} AS author, p.text, p.percent, p.link
       FROM improvement_progress p JOIN app_user u ON u.id = p.author_id
       WHERE p.item_id = $1 ORDER BY p.at DESC, p.id DESC LIMIT ${LOG_LENGTH}`,
      [id],
    );
  }

  /** Of a part whose organisation keeps its details to itself: how far it is, and not who works on it. */
  private parts(actor: Actor, id: string): Promise<PartOfItem[]> {
    const parameters = new SqlParameters();
    const open = itemCondition(actor, 'systems:read', parameters);
    return this.dataSource.query<PartOfItem[]>(
      `SELECT i.id, ${organisationJson('o')} AS organisation, i.status, i.due_on::text AS "dueOn", ${LAST_PERCENT('i.id')} AS percent,
         ${open} IS TRUE AS open, CASE WHEN ${open} THEN ${personJson('owner')} END AS owner
       FROM improvement_item i LEFT JOIN system s ON s.id = i.system_id JOIN organisation o ON o.id = i.organisation_id
       LEFT JOIN app_user owner ON owner.id = ${OWNER_OF_ITEM}
       WHERE i.parent_id = ${parameters.bind(id)} ORDER BY o.code`,
      parameters.values,
    );
  }

  private async proofs(ids: readonly (string | null)[]): Promise<Map<string, ProofOfItem>> {
    const rows = await this.dataSource.query<ProofOfItem[]>(
      `SELECT e.id, e.performed_at AS "performedAt", ${personJson('u')} AS performer, e.note, e.link
       FROM evidence e JOIN app_user u ON u.id = e.performer_id WHERE e.id = ANY($1::uuid[])`,
      [ids.filter(Boolean)],
    );
    return new Map(rows.map((proof) => [proof.id, proof]));
  }
}
