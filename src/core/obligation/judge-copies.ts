import { EvidenceFacts } from '../evidence/evidence';
import { newest } from '../evidence/newest';
import { Duty } from './derive-obligations';
import { Judgement } from './obligation';

/**
 * Whether the copies named in the newest approved backup requirement are as many and as well protected as the tier asks
 * (domain.md section 3). Null while nothing has been approved, or the approval does not say.
 */
export function judgeCopies(duty: Duty, accepted: readonly EvidenceFacts[]): Judgement | null {
  const approval = newest(accepted.filter(({ outcome }) => outcome === 'PASSED'));
  const actual = approval?.copyFacts;
  if (!approval || !actual) return null;
  const wanted = duty.terms.copies ?? {};
  const shortfalls = (['copies', 'offsite', 'offlineOrImmutable'] as const)
    .map((aspect) => ({ aspect: aspect as string, needed: wanted[aspect] ?? 0, actual: actual[aspect] }))
    .concat(wanted.encrypted ? [{ aspect: 'encrypted', needed: actual.copies, actual: actual.encrypted }] : [])
    .filter((line) => line.actual < line.needed);
  const worst = shortfalls[0];
  return {
    state: worst ? 'FAILED' : 'MET',
    reason: worst
      ? { code: 'COPIES_SHORT', params: { aspect: worst.aspect, needed: worst.needed, actual: worst.actual } }
      : { code: 'COPIES_SUFFICIENT', params: { copies: actual.copies } },
    dueOn: null,
    dueAt: null,
    since: approval.performedAt,
    evidenceId: approval.id,
    attentionAt: null,
  };
}
