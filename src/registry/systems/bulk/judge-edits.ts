import { EntityManager } from 'typeorm';
import type { CivilDate } from '../../../core/time/civil-date';
import type { FieldProblem } from '../../../platform/http/problem';
import { unsoundFields } from '../system-check';
import { type EditedSystem, editSystemRow, type SystemFields, type SystemRow } from '../system-row';

/** What one change would make of one system, and what speaks against it. */
export interface JudgedEdit extends EditedSystem {
  problems: FieldProblem[];
}

/**
 * Judges one change of many systems, in a fixed number of statements. A system is judged alone, as if it were edited by itself, and against
 * the others for the code that two of them would share in one organisation.
 */
export async function judgeEdits(
  m: EntityManager,
  rows: readonly SystemRow[],
  change: Partial<SystemFields>,
  mayWrite: ReadonlyMap<string, boolean>,
  at: { now: Date; today: CivilDate },
): Promise<JudgedEdit[]> {
  const edits = rows.map((before) => ({ before, after: editSystemRow(before, change, at.now, at.today) }));
  const unsound = await unsoundFields(m, edits);
  const taken = await takenCodes(m, edits);
  return edits.map((edit, index) => {
    if (!mayWrite.get(edit.before.id)) return { ...edit, problems: [{ field: 'id', code: 'NOT_WRITABLE' }] };
    if (edit.before.lifecycle === 'RETIRED') return { ...edit, problems: [{ field: 'id', code: 'SYSTEM_RETIRED' }] };
    const code = taken.has(edit.before.id) ? [{ field: 'code', code: 'DUPLICATE' }] : [];
    return { ...edit, problems: [...code, ...(unsound[index] ?? [])] };
  });
}

/** The ids of systems whose code another one has, or would have, in the organisation that they move to. */
async function takenCodes(m: EntityManager, edits: readonly EditedSystem[]): Promise<Set<string>> {
  const moving = edits.filter(({ before, after }) => before.organisationId !== after.organisationId);
  const [first] = moving;
  if (!first) return new Set();
  const there = await m.query<{ code: string }[]>(
    'SELECT code FROM system WHERE organisation_id = $1 AND code = ANY($2::text[])',
    [first.after.organisationId, moving.map(({ after }) => after.code)],
  );
  const seen = new Set(there.map(({ code }) => code));
  const taken = new Set<string>();
  for (const { after } of moving) {
    if (seen.has(after.code)) taken.add(after.id);
    seen.add(after.code);
  }
  return taken;
}
