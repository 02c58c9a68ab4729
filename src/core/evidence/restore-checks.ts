import { Outcome } from './evidence';
import { Strength } from './evidence-strength';

/** Something that was looked at after a restore. */
export interface RestoreCheck {
  title: string;
  expected: string;
  observed: string;
  /** What the tester or the tool says; null leaves it to the values. */
  passed: boolean | null;
}

/** Whether a check passed: as it was said, else when the observed value is the expected one. */
export function checkPassed({ expected, observed, passed }: RestoreCheck): boolean {
  return passed ?? expected.trim() === observed.trim();
}

/**
 * What a restore test proves (domain.md section 4): a check that did not pass makes it a failure, whatever was claimed; restored and looked at is
 * more than restored.
 */
export function judgeRestore(
  claimed: Outcome,
  checks: readonly RestoreCheck[],
): { outcome: Outcome; strength: Strength } {
  const allPassed = checks.every(checkPassed);
  return {
    outcome: allPassed ? claimed : 'FAILED',
    strength: allPassed && checks.length > 0 ? 'VALIDATED' : 'RESTORED',
  };
}
