import { copyShortfalls } from '../evidence/copy-facts';
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
  const [worst] = copyShortfalls(actual, duty.terms.copies ?? {});
  return {
    state: worst ? 'FAILED' : 'MET',
    reason: worst
      ? { code: 'COPIES_SHORT', params: worst }
      : { code: 'COPIES_SUFFICIENT', params: { copies: actual.copies } },
    dueOn: null,
    dueAt: null,
    since: approval.performedAt,
    evidenceId: approval.id,
    attentionAt: null,
  };
}
