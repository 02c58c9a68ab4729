import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { type DependentSystem, effectiveVerdict } from '../../../core/readiness/effective-verdict';
import { ChainSystem, EffectiveVerdictResponse } from './effective.dto';

type Row = DependentSystem & { system: ChainSystem | null };

/** The worst verdict along hard dependencies (domain.md section 5). */
@Injectable()
export class EffectiveVerdictQueries {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Of a system that the caller may see. What is out of scope counts, and is not named.
   * @returns null for a system without a verdict.
   */
  async ofSystem(actor: Actor, systemId: string): Promise<EffectiveVerdictResponse | null> {
    const parameters = new SqlParameters();
    const own = parameters.bind(systemId);
    const owners = ['s.owner_id', 's.deputy_id'];
    const visible = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', owners);
    const rows = await this.dataSource.query<Row[]>(
      `WITH RECURSIVE reached(id) AS (
         SELECT ${own}::uuid
         UNION SELECT s.id FROM reached JOIN system_dependency d ON d.system_id = reached.id AND d.hard
           JOIN system s ON s.id = d.depends_on_id AND s.lifecycle = 'OPERATING')
       SELECT s.id, r.verdict,
         ARRAY(SELECT d.depends_on_id FROM system_dependency d JOIN system n ON n.id = d.depends_on_id
           WHERE d.system_id = s.id AND d.hard ORDER BY n.code, n.id) AS needs,
         CASE WHEN ${visible} THEN json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en) END AS system
       FROM reached JOIN system s ON s.id = reached.id LEFT JOIN system_readiness r ON r.system_id = s.id`,
      parameters.values,
    );
    const effective = effectiveVerdict(systemId, rows);
    if (!effective) return null;
    const known = new Map(rows.map((row) => [row.id, row]));
    const chain = effective.chain.map((id) => {
      const { system = null, verdict = null } = known.get(id) ?? {};
      return { system, verdict: system && verdict };
    });
    return { verdict: effective.verdict, chain, needed: rows.length - 1 };
  }
}
