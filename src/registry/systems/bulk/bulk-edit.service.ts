import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, In } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { requireNamedOrganisation } from '../../../access/references/organisation-reference';
import { accessToSystems } from '../../../access/scope/systems-access';
import { localDate } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { type FieldProblem, fieldProblem, Problem } from '../../../platform/http/problem';
import { inMinutes } from '../in-minutes';
import { System } from '../system.entity';
import type { SystemFields, SystemRow } from '../system-row';
import { SystemEdits } from '../writing/system-edits';
import type { BulkChange, SeenSystem } from './dto/bulk-edit.request';
import type { BulkPreviewResponse } from './dto/bulk-edit.response';
import { type JudgedEdit, judgeEdits } from './judge-edits';
import { previewOf } from './preview';

/** One change of many systems: shown first, then written in one transaction, all of them or none. */
@Injectable()
export class BulkEditService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly edits: SystemEdits,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * What the change would do to each, and which it would not be done to and why. Writes nothing.
   * @throws Problem 422 naming systems that the caller cannot see, or an organisation that nothing may be moved to.
   */
  async preview(actor: Actor, systemIds: readonly string[], change: BulkChange): Promise<BulkPreviewResponse> {
    const m = this.dataSource.manager;
    const access = await this.seen(m, actor, systemIds, (index) => `systemIds[${index}]`);
    const fields = await this.fields(m, actor, change);
    const rows = await m.find(System, { where: { id: In([...systemIds]) } });
    return previewOf(m, actor, await this.judge(m, inOrder(rows, systemIds), fields, access), change);
  }

  /**
   * Does it. @returns how many systems it made different.
   * @throws Problem 412 naming the systems that were changed since they were seen, 403 for one that the caller may not change, 422 naming what
   *   speaks against each; nothing is written then.
   */
  async apply(actor: Actor, seen: readonly SeenSystem[], change: BulkChange): Promise<number> {
    return this.dataSource.transaction(async (m) => {
      const ids = seen.map(({ id }) => id);
      const access = await this.seen(m, actor, ids, (index) => `systems[${index}].id`);
      if ([...access.values()].includes(false))
        throw new Problem(403, 'NOT_ALLOWED', { params: { permission: 'systems:write' } });
      const fields = await this.fields(m, actor, change);
      const rows = inOrder(await this.edits.lock(m, ids), ids);
      const stale = rows.flatMap(({ rowVersion }, index) =>
        rowVersion === seen[index]?.version ? [] : [{ field: `systems[${index}].version`, code: 'CHANGED_MEANWHILE' }],
      );
      if (stale.length > 0) throw new Problem(412, 'STALE', { errors: stale });
      const judged = await this.judge(m, rows, fields, access);
      const errors = judged.flatMap(({ problems }, index) =>
        problems.map(({ field, ...problem }): FieldProblem => ({ ...problem, field: `systems[${index}].${field}` })),
      );
      if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
      return (await this.edits.write(m, actor, 'system.changed', judged)).length;
    });
  }

  private async seen(
    m: EntityManager,
    actor: Actor,
    ids: readonly string[],
    fieldAt: (index: number) => string,
  ): Promise<ReadonlyMap<string, boolean>> {
    const access = await accessToSystems(m, actor, 'systems:write', ids);
    const errors = ids.flatMap((id, index) => (access.has(id) ? [] : [{ field: fieldAt(index), code: 'NOT_FOUND' }]));
    if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
    return access;
  }

  private async fields(m: EntityManager, actor: Actor, change: BulkChange): Promise<Partial<SystemFields>> {
    if (Object.values(change).every((value) => value === undefined)) throw fieldProblem(422, 'change', 'REQUIRED');
    if (change.organisationId !== undefined)
      await requireNamedOrganisation(m, actor, 'systems:create', change.organisationId, 'change.organisationId');
    return inMinutes(change) as Partial<SystemFields>;
  }

  private judge(
    m: EntityManager,
    rows: readonly SystemRow[],
    fields: Partial<SystemFields>,
    access: ReadonlyMap<string, boolean>,
  ): Promise<JudgedEdit[]> {
    const now = this.clock.now();
    return judgeEdits(m, rows, fields, access, { now, today: localDate(now, this.config.TZ_DEFAULT) });
  }
}

function inOrder(rows: readonly SystemRow[], ids: readonly string[]): SystemRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
