import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { requireSystem } from '../../../access/scope/system-access';
import { accessToSystems } from '../../../access/scope/systems-access';
import { requireVisible } from '../../../access/users/managed-people';
import { localDate } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { type FieldProblem, fieldProblem, Problem } from '../../../platform/http/problem';
import { unsoundFields } from '../system-check';
import { type EditedSystem, editSystemRow, type SystemRow } from '../system-row';
import { SystemEdits } from '../writing/system-edits';
import { type Places, placesAfter } from './places-after';

/**
 * Owners and deputies hand over: the obligations follow the system, what was still to be reminded of goes to who takes over, both are told with
 * their next digest, and the reviews are open again as after every change of the owner (domain.md section 4).
 */
@Injectable()
export class HandOverService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly edits: SystemEdits,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @throws Problem 409 when the system is retired, 422 when nobody is named or somebody may not own it. */
  async system(actor: Actor, id: string, change: Places, note: string | null): Promise<void> {
    if (change.ownerId === undefined && change.deputyId === undefined) throw fieldProblem(422, 'ownerId', 'REQUIRED');
    await this.dataSource.transaction(async (m) => {
      await requireSystem(m, actor, 'systems:write', id);
      const [before] = await this.edits.lock(m, [id]);
      if (!before) throw new Problem(404, 'SYSTEM_NOT_FOUND');
      if (before.lifecycle === 'RETIRED') throw new Problem(409, 'SYSTEM_RETIRED');
      const edit = this.edited(before, change);
      const [errors = []] = await this.unfit(m, [edit]);
      if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
      await this.edits.write(m, actor, 'system.handed_over', [edit], note === null ? {} : { note });
    });
  }

  /**
   * Every place of the person in these systems goes to another. @returns how many systems it was.
   * @throws Problem 404 for a person who may not be seen, 403 for a system that the caller may not change, 422 for somebody who may not own
   *   one of them, or naming systems in which the person has no place.
   */
  async person(
    actor: Actor,
    userId: string,
    toId: string,
    systemIds: readonly string[],
    note: string | null,
  ): Promise<number> {
    return this.dataSource.transaction(async (m) => {
      await requireVisible(m, actor, userId);
      const access = await accessToSystems(m, actor, 'systems:write', systemIds);
      if ([...access.values()].includes(false))
        throw new Problem(403, 'NOT_ALLOWED', { params: { permission: 'systems:write' } });
      const rows = new Map((await this.edits.lock(m, systemIds)).map((row) => [row.id, row]));
      const errors: FieldProblem[] = [];
      const edits: EditedSystem[] = [];
      for (const [index, id] of systemIds.entries()) {
        const row = access.has(id) ? rows.get(id) : undefined;
        const code = refusalOf(row, userId);
        if (code) errors.push({ field: `systemIds[${index}]`, code });
        else if (row) edits.push(this.edited(row, placesOf(row, userId, toId)));
      }
      const unsound = (await this.unfit(m, edits)).flat();
      for (const code of new Set(unsound.map((problem) => problem.code))) errors.push({ field: 'toId', code });
      if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
      return (await this.edits.write(m, actor, 'system.handed_over', edits, note === null ? {} : { note })).length;
    });
  }

  private edited(before: SystemRow, change: Places): EditedSystem {
    const now = this.clock.now();
    const today = localDate(now, this.config.TZ_DEFAULT);
    return { before, after: editSystemRow(before, placesAfter(before, change), now, today) };
  }

  /** What speaks against the new people; what else an entry breaks was so before. */
  private async unfit(m: EntityManager, edits: readonly EditedSystem[]): Promise<FieldProblem[][]> {
    const problems = await unsoundFields(m, edits);
    return problems.map((of) => of.filter(({ field }) => field === 'ownerId' || field === 'deputyId'));
  }
}

function placesOf({ ownerId, deputyId }: SystemRow, userId: string, toId: string): Places {
  return { ...(ownerId === userId && { ownerId: toId }), ...(deputyId === userId && { deputyId: toId }) };
}

function refusalOf(row: SystemRow | undefined, userId: string): string | null {
  if (!row) return 'NOT_FOUND';
  if (row.lifecycle === 'RETIRED') return 'SYSTEM_RETIRED';
  return row.ownerId === userId || row.deputyId === userId ? null : 'NOT_FOUND';
}
