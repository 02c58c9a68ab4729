import type { EntityManager } from 'typeorm';
import { type BackupFinding, checkRequirement } from '../../core/backup/check-requirement';
import type { PolicyRules } from '../../core/policy/rule';
import { sameJson } from '../../platform/database/canonical-json';
import { unnest } from '../../platform/database/unnest';
import type { FactsOfSystem } from './obligation-facts';

/** What one backup requirement falls short of now. */
export interface FindingsOfRequirement {
  id: string;
  findings: BackupFinding[];
}

/** What the backup requirements of a system fall short of under a policy, where it is not what was found before. */
export function otherFindings(
  { system, requirements }: Pick<FactsOfSystem, 'system' | 'requirements'>,
  rules: PolicyRules | null,
): FindingsOfRequirement[] {
  return requirements
    .map((terms) => ({ id: terms.id, before: terms.findings, findings: checkRequirement(terms, system, rules) }))
    .filter(({ before, findings }) => !sameJson(before, findings));
}

/** Writes findings; the row version stays, since nobody has changed what the requirement asks for. */
export async function updateFindings(m: EntityManager, rows: readonly FindingsOfRequirement[]): Promise<void> {
  if (rows.length === 0) return;
  const { source, values } = unnest(rows, { id: 'uuid', findings: 'jsonb' }, 'row');
  await m.query(`UPDATE backup_requirement b SET findings = row.findings FROM ${source} WHERE b.id = row.id`, values);
}
