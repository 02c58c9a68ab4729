import { copyShortfalls } from '../evidence/copy-facts';
import { CopyFacts, EvidenceFacts } from '../evidence/evidence';
import { newest } from '../evidence/newest';
import { startOfDay } from '../time/zone';
import { Duty } from './derive-obligations';
import { EasedTerms } from './eased-terms';
import { Judgement, Moment, endOfDay } from './obligation';

/**
 * Whether the copies named in the newest approved backup requirement are as many and as well protected as the tier asks
 * (domain.md section 3). Too few are a failure, but not before the end of a grace in which the former terms still count, if they keep those. Null
 * while nothing has been approved, or the approval does not say.
 */
export function judgeCopies(
  duty: Duty,
  accepted: readonly EvidenceFacts[],
  { asOf, timeZone }: Moment,
): Judgement | null {
  const approval = newest(accepted.filter(({ outcome }) => outcome === 'PASSED'));
  const actual = approval?.copyFacts;
  if (!approval || !actual) return null;
  const [worst] = copyShortfalls(actual, duty.terms.copies ?? {});
  const judged = { dueOn: null, dueAt: null, since: approval.performedAt, evidenceId: approval.id, attentionAt: null };
  if (!worst)
    return { ...judged, state: 'MET', reason: { code: 'COPIES_SUFFICIENT', params: { copies: actual.copies } } };
  const failed = { ...judged, state: 'FAILED', reason: { code: 'COPIES_SHORT', params: worst } } as const;
  const grace = graceFor(actual, duty.eased);
  if (!grace) return failed;
  const { by, sinceOn, untilOn } = grace;
  const [soonAt, dueAt] = [startOfDay(sinceOn, timeZone), endOfDay(untilOn, timeZone)];
  if (asOf >= dueAt) return { ...failed, since: later(approval.performedAt, dueAt) };
  const params = { ...worst, tightening: by, sinceOn, dueOn: untilOn };
  const inGrace = { ...judged, reason: { code: 'COPIES_SHORT_FROM', params }, dueOn: untilOn, dueAt } as const;
  return asOf < soonAt
    ? { ...inGrace, state: 'MET', attentionAt: soonAt }
    : { ...inGrace, state: 'DUE_SOON', since: later(approval.performedAt, soonAt), attentionAt: dueAt };
}

/** Of the former terms that the copies keep, those that count longest. */
function graceFor(actual: CopyFacts, eased: readonly EasedTerms[]): EasedTerms | null {
  return eased
    .filter(({ former }) => !former || copyShortfalls(actual, former.terms.copies ?? {}).length === 0)
    .reduce<EasedTerms | null>(
      (longest, terms) => (longest && longest.untilOn >= terms.untilOn ? longest : terms),
      null,
    );
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
