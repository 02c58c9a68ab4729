import { EntityManager } from 'typeorm';
import { mayBeTold } from '../../../access/references/may-be-told-sql';
import type { Stage } from '../../../core/reminder/reminder-plan';
import type { Reason } from '../../../core/readiness/reason';

/** One reminder of a digest with what its obligation says now; the obligation's columns are null when it is no longer owed. */
export interface DigestItem {
  reminderId: string;
  obligationId: string;
  stage: Stage;
  occurrence: string;
  ruleKey: string;
  /** Null for what an organisation owes for itself. */
  systemId: string | null;
  systemCode: string | null;
  systemName: string | null;
  systemNameEn: string | null;
  organisationName: string;
  organisationNameEn: string | null;
  improvementItemId: string | null;
  dueOn: string | null;
  state: string | null;
  reason: Reason | null;
  policyId: string | null;
  /** What kind of evidence clears it. */
  evidenceKind: string | null;
  /** The occurrence that is open now; another one than the reminder's means that something has happened since. */
  currentOccurrence: string | null;
  /** Whether the recipient may still be told: an agency may have closed its details, or a role may be gone. */
  mayBeTold: boolean;
}

/** What a line of a message is written from. */
export type LineItem = Omit<
  DigestItem,
  'reminderId' | 'stage' | 'occurrence' | 'evidenceKind' | 'currentOccurrence' | 'mayBeTold'
>;

export async function loadDigestItems(m: EntityManager, mailId: string): Promise<DigestItem[]> {
  return m.query<DigestItem[]>(
    `SELECT r.id AS "reminderId", r.obligation_id AS "obligationId", r.stage, r.occurrence, r.rule_key AS "ruleKey",
       s.id AS "systemId", s.code AS "systemCode", s.name AS "systemName", s.name_en AS "systemNameEn", org.name AS "organisationName",
       org.name_en AS "organisationNameEn", i.id AS "improvementItemId",
       o.due_on::text AS "dueOn", o.state, o.reason, o.policy_id AS "policyId", o.action->>'evidenceKind' AS "evidenceKind", o.occasion->>'occurrence' AS "currentOccurrence",
       ${mayBeTold('r.recipient_id', ['s.owner_id', 's.deputy_id', 'i.owner_id'], 'org.id')} AS "mayBeTold"
     FROM reminder r LEFT JOIN system s ON s.id = r.system_id LEFT JOIN obligation o ON o.id = r.obligation_id
     LEFT JOIN improvement_item i ON i.id = o.duty_of LEFT JOIN organisation org ON org.id = coalesce(s.organisation_id, o.organisation_id)
     WHERE r.mail_id = $1 AND r.status = 'PENDING'
     ORDER BY o.gating DESC NULLS LAST, o.due_on NULLS LAST, s.code, r.rule_key, r.id`,
    [mailId],
  );
}

/** Whether there is still something to be told: evidence that has come since closes the occurrence, and so does a closed door. */
export function isStillOpen(item: DigestItem): boolean {
  return item.mayBeTold && item.currentOccurrence === item.occurrence;
}

/** One obligation once, although owner and escalation may both name it to the same person. */
export function distinctObligations(items: readonly DigestItem[]): DigestItem[] {
  return [...new Map(items.map((item) => [item.obligationId, item])).values()];
}
