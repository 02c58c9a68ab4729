import { DrillType, EvidenceKind, Subject } from '../evidence/evidence';
import { ObligationState } from '../obligation/obligation';
import { Rule } from '../policy/rule';
import { compareDates } from '../time/civil-date';
import { systemVerdict, verdictOf } from './system-verdict';

export const ACTION_KINDS = [
  'APPROVE_PROCEDURE',
  'REVIEW_PROCEDURE',
  'CONFIRM_CONTACTS',
  'DECLARE_BACKUP',
  'APPROVE_BACKUP',
  'AMEND_BACKUP',
  'REVIEW_BACKUP',
  'REVIEW_IMPORTANCE',
  'SEND_EVIDENCE',
  'CLOSE_IMPROVEMENT',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** What a person does to clear an obligation; the page that does it is found by `kind`. */
export interface Action {
  kind: ActionKind;
  evidenceKind: EvidenceKind | null;
  subject: Subject | null;
  drillType: DrillType | null;
  backupRequirementId: string | null;
}

/** The action that clears an obligation of `rule`; a requirement rule without a requirement is cleared by declaring one. */
export function actionFor(rule: Rule, backupRequirementId: string | null, proven: boolean): Action {
  const action = (kind: ActionKind, evidenceKind: EvidenceKind | null = null): Action => ({
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

/** What is done about an improvement item; its page is found by the item. */
export const IMPROVE: Action = {
  ...{ kind: 'CLOSE_IMPROVEMENT', evidenceKind: null, subject: 'IMPROVEMENT' },
  ...{ drillType: null, backupRequirementId: null },
};

/** One obligation as the choice of the next action sees it. */
export interface ActionCandidate {
  state: ObligationState;
  gating: boolean;
  dueOn: string | null;
  action: Action;
}

const URGENCY: readonly ObligationState[] = ['FAILED', 'OVERDUE', 'UNKNOWN', 'DUE_SOON'];

/**
 * The one next action that gains most (domain.md section 5): of the obligations that hold the system at its present verdict (of all
 * open ones when it is ready), the one whose action clears the most of them, then the most urgent state, then the earliest due
 * day. Null when nothing waits for anybody.
 */
export function nextAction<T extends ActionCandidate>(candidates: readonly T[]): T | null {
  const verdict = systemVerdict(candidates);
  const isReady = verdict === 'READY' || verdict === 'READY_WITH_WAIVERS';
  const pool = candidates.filter(
    (candidate) => URGENCY.includes(candidate.state) && (isReady || verdictOf(candidate) === verdict),
  );
  const gain = ({ action }: T): number => pool.filter((other) => isSameAct(other.action, action)).length;
  const [best] = pool
    .map((candidate) => ({ candidate, gain: gain(candidate) }))
    .sort(
      (a, b) =>
        b.gain - a.gain ||
        URGENCY.indexOf(a.candidate.state) - URGENCY.indexOf(b.candidate.state) ||
        compareDates(a.candidate.dueOn ?? NEVER, b.candidate.dueOn ?? NEVER),
    );
  return best?.candidate ?? null;
}

const NEVER = '9999-12-31';

/** Whether doing one does the other too. Each proof and each improvement is a matter of its own; approvals and declarations clear several duties at once. */
function isSameAct(a: Action, b: Action): boolean {
  if (a.kind === 'SEND_EVIDENCE' || a.kind === 'CLOSE_IMPROVEMENT') return a === b;
  return a.kind === b.kind && a.backupRequirementId === b.backupRequirementId;
}
