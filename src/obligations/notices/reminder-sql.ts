import { IMPROVEMENT_RULE_KEY } from '../../core/improvement/improvement-item';

/** The improvement item of a reminder `r`. Its obligation ends with it; the transitions still know of both. */
const ITEM = `SELECT item.id, item.organisation_id, item.owner_id FROM obligation_transition t JOIN improvement_item item ON item.id = t.duty_of
  WHERE t.obligation_id = r.obligation_id AND r.rule_key = '${IMPROVEMENT_RULE_KEY}' LIMIT 1`;

/** Reminders `r` with what each is about, which may be gone: the system `s`, the improvement item `i`. */
export const REMINDER_ABOUT = `reminder r LEFT JOIN system s ON s.id = r.system_id LEFT JOIN LATERAL (${ITEM}) i ON true`;

/** Whose organisation a reminder is about. */
export const REMINDED_ORGANISATION = 'coalesce(s.organisation_id, i.organisation_id)';

/** Whom that belongs to. */
export const REMINDED_OWNERS = ['s.owner_id', 's.deputy_id', 'i.owner_id'];
