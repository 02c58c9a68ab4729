import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { AuditLog } from '../../../audit/audit-log';
import type { BackupFinding } from '../../../core/backup/check-requirement';
import type { Tier } from '../../../core/importance/tier';
import type { Verdict } from '../../../core/readiness/system-verdict';
import { lockSystems } from '../../../obligations/ledger/obligation-facts';
import { ObligationLedger, type StateChange } from '../../../obligations/obligation-ledger';
import { RuleTitles } from '../../../obligations/rule-titles';
import { renderFindings } from '../render-findings';
import type { AttachOutcome, ProfileEffectItem } from './dto/profile-effect.response';
import type { RequirementOfSystem } from './profile-statements';

/** A requirement that a profile touches, or (without an id) a system that it leaves alone. */
export interface Touched extends RequirementOfSystem {
  outcome: AttachOutcome;
}

interface Standing {
  system: ProfileEffectItem['system'] & { tier: Tier };
  verdict: Verdict | null;
  requirements: { id: string; dataset: string; findings: BackupFinding[] }[];
}

/** How many requirements an answer tells of one by one. */
const MOST_TOLD = 500;

/** What is written for many systems because of a profile, told system by system in the words of the caller. */
@Injectable()
export class ProfileEffects {
  constructor(
    private readonly ledger: ObligationLedger,
    private readonly titles: RuleTitles,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Does `write` to these requirements and assesses their systems anew. Tells of those within the caller's scope, the first `MOST_TOLD` by the
   * codes of their systems.
   * @returns the rest as a number.
   */
  async of(
    m: EntityManager,
    actor: Actor,
    touched: readonly Touched[],
    write: () => Promise<void>,
  ): Promise<{ items: ProfileEffectItem[]; more: number }> {
    const written = touched.filter(({ outcome }) => outcome !== 'KEPT' && outcome !== 'ALREADY');
    const systemIds = [...new Set(touched.map(({ systemId }) => systemId))];
    const toAssess = [...new Set(written.map(({ systemId }) => systemId))].sort();
    const before = await this.standing(m, actor, systemIds, touched);
    // All of them before any is assessed, page after page, so that two who do the same take turns.
    await lockSystems(m, toAssess);
    await write();
    const changes = await this.ledger.refreshPages(m, toAssess);
    const after = await this.standing(m, actor, systemIds, touched);
    const told = touched.filter(({ systemId }) => after.has(systemId));
    const code = ({ systemId }: Touched): string => after.get(systemId)?.system.code ?? '';
    const shown = [...told].sort((a, b) => (code(a) < code(b) ? -1 : 1)).slice(0, MOST_TOLD);
    const affected = await this.titles.affected(m, changes, actor.locale);
    return {
      items: shown.map((one, index) => {
        const [was, is] = [before.get(one.systemId), after.get(one.systemId)] as [Standing, Standing];
        const first = shown.findIndex(({ systemId }) => systemId === one.systemId) === index;
        const findingsIn = ({ requirements }: Standing) =>
          renderFindings(requirements.find(({ id }) => id === one.id)?.findings ?? [], actor);
        return {
          system: is.system,
          outcome: one.outcome,
          dataset: is.requirements.find(({ id }) => id === one.id)?.dataset ?? null,
          before: { verdict: was.verdict, findings: findingsIn(was) },
          after: { verdict: is.verdict, findings: findingsIn(is) },
          affected: affected.filter((_, at) => concerns(changes[at] as StateChange, one, first)),
        };
      }),
      more: touched.length - shown.length,
    };
  }

  /** Leaves on record, for each requirement, what a profile did to it. */
  async record(
    m: EntityManager,
    actor: Actor,
    action: 'backup_requirement.declared' | 'backup_requirement.changed' | 'backup_requirement.detached',
    requirementIds: readonly string[],
    before: Record<string, unknown> | null,
    after: object,
  ): Promise<void> {
    const rows = await m.query<{ id: string; organisationId: string }[]>(
      `SELECT b.id, s.organisation_id AS "organisationId" FROM backup_requirement b JOIN system s ON s.id = b.system_id
       WHERE b.id = ANY($1::uuid[]) ORDER BY b.id`,
      [requirementIds],
    );
    const entries = rows.map(({ id, organisationId }) => ({
      ...{ action, recordType: 'backup_requirement', recordId: id, organisationId },
      ...{ before, after: { ...after } },
    }));
    await this.audit.record(m, actor, ...entries);
  }

  private async standing(
    m: EntityManager,
    actor: Actor,
    systemIds: readonly string[],
    touched: readonly Touched[],
  ): Promise<Map<string, Standing>> {
    const parameters = new SqlParameters();
    const within = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', [
      ...['s.owner_id', 's.deputy_id'],
    ]);
    const rows = await m.query<(Standing & { id: string })[]>(
      `SELECT s.id, r.verdict,
         json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en, 'tier', s.tier) AS system,
         coalesce((SELECT json_agg(json_build_object('id', b.id, 'dataset', b.dataset, 'findings', b.findings))
           FROM backup_requirement b WHERE b.system_id = s.id AND b.id = ANY(${parameters.bind(touched.map(({ id }) => id))}::uuid[])),
           '[]') AS requirements
       FROM system s LEFT JOIN system_readiness r ON r.system_id = s.id
       WHERE s.id = ANY(${parameters.bind(systemIds)}::uuid[]) AND ${within}`,
      parameters.values,
    );
    return new Map(rows.map(({ id, ...standing }) => [id, standing]));
  }
}

/** A change of the requirement itself, and once for each system what the system owes as a whole. */
function concerns({ systemId, dutyOf }: StateChange, one: Touched, first: boolean): boolean {
  return systemId === one.systemId && (dutyOf === one.id || (first && dutyOf === systemId));
}
