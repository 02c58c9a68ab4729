import { DrillType, EvidenceKind, Subject } from '../evidence/evidence';
import { ObligationState } from '../obligation/obligation';
import { Rule } from '../policy/rule';

/** What a person does to clear an obligation; the page that does it is found by `kind`. */
export interface Action {
  kind:
    | 'APPROVE_PROCEDURE'
    | 'REVIEW_PROCEDURE'
    | 'CONFIRM_CONTACTS'
    | 'DECLARE_BACKUP'
    | 'APPROVE_BACKUP'
    | 'AMEND_BACKUP'
    | 'REVIEW_BACKUP'
    | 'REVIEW_IMPORTANCE'
    | 'SEND_EVIDENCE';
  evidenceKind: EvidenceKind | null;
  subject: Subject | null;
  drillType: DrillType | null;
  backupRequirementId: string | null;
}

/** The action that clears an obligation of `rule`; a requirement rule without a requirement is cleared by declaring one. */
export function actionFor(rule: Rule, backupRequirementId: string | null, proven: boolean): Action {
  const action = (kind: Action['kind'], evidenceKind: EvidenceKind | null = null): Action => ({
    kind,
    evidenceKind,
    subject: rule.metBy?.subject ?? null,
    drillType: rule.metBy?.drillTypes?.[0] ?? null,
    backupRequirementId,
  });
  if (rule.scope === 'BACKUP_REQUIREMENT' && backupRequirementId === null) return action('DECLARE_BACKUP');
  if (rule.kind === 'COPIES') return action(proven ? 'AMEND_BACKUP' : 'APPROVE_BACKUP');
  switch (rule.metBy?.subject) {
    case 'PROCEDURE':
      return rule.kind === 'REVIEW' && proven ? action('REVIEW_PROCEDURE', 'REVIEW') : action('APPROVE_PROCEDURE');
    case 'BACKUP_REQUIREMENT':
      return rule.kind === 'REVIEW' && proven ? action('REVIEW_BACKUP', 'REVIEW') : action('APPROVE_BACKUP');
    case 'CONTACTS':
      return action('CONFIRM_CONTACTS', 'REVIEW');
    case 'IMPORTANCE':
      return action('REVIEW_IMPORTANCE', 'REVIEW');
    default:
      return action('SEND_EVIDENCE', rule.metBy?.kinds[0] ?? null);
  }
}

/** One obligation as the choice of the next action sees it. */
export interface ActionCandidate {
  state: ObligationState;
  gating: boolean;
  dueOn: string | null;
  action: Action;
}

const URGENCY: readonly ObligationState[] = ['FAILED', 'OVERDUE', 'UNKNOWN', 'DUE_SOON'];

/**
 * The one next action that gains most (domain.md section 5): the action that clears the most of what holds the system back at the
 * present verdict, then the most urgent state, then the earliest due day. Null when nothing waits for anybody.
 */
export function nextAction<T extends ActionCandidate>(candidates: readonly T[]): T | null {
  const open = candidates.filter(({ state }) => URGENCY.includes(state));
  const gating = open.filter((candidate) => candidate.gating && candidate.state !== 'DUE_SOON');
  const pool = gating.length > 0 ? gating : open;
  const sameAction = (candidate: T): string => `${candidate.action.kind}:${candidate.action.backupRequirementId ?? ''}`;
  const gain = new Map<string, number>();
  for (const candidate of pool) {
    const key = candidate.action.kind === 'SEND_EVIDENCE' ? candidate : sameAction(candidate);
    if (typeof key === 'string') gain.set(key, (gain.get(key) ?? 0) + 1);
  }
  const rank = (candidate: T): [number, number, string] => [
    candidate.action.kind === 'SEND_EVIDENCE' ? -1 : -(gain.get(sameAction(candidate)) ?? 0),
    URGENCY.indexOf(candidate.state),
    candidate.dueOn ?? '9999-12-31',
  ];
  return pool.reduce<T | null>(
    (best, candidate) => (!best || before(rank(candidate), rank(best)) ? candidate : best),
    null,
  );
}

function before(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  const index = a.findIndex((value, i) => value !== b[i]);
  const [left, right] = [a[index], b[index]];
  return index >= 0 && left !== undefined && right !== undefined && left < right;
}
