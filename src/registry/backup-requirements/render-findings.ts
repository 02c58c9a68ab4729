import { type Actor, wordingOf } from '../../access/actor';
import type { BackupFinding } from '../../core/backup/check-requirement';
import { renderReason } from '../../platform/messages/render-reason';
import type { BackupFindingResponse } from './dto/backup-requirement.response';

const FIELDS: Readonly<Record<string, BackupFindingResponse['field']>> = {
  intervalMinutes: 'interval',
  rpoMinutes: 'rpo',
};

/** Findings in the words of the caller, by the fields of the API. */
export function renderFindings(findings: readonly BackupFinding[], actor: Actor): BackupFindingResponse[] {
  const wording = { ...wordingOf(actor), ruleTitle: (key: string) => key };
  return findings.map(({ field, ruleKey, gating, reason }) => ({
    ...renderReason(reason, wording),
    ...{ field: FIELDS[field] ?? (field as BackupFindingResponse['field']), ruleKey, gating },
  }));
}
