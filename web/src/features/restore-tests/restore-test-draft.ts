import type { NewRestoreTest, Outcome } from '../../api/types';
import { instantOf } from '../../ui/format/format';

/** What was looked at; `passed` is empty when the two values decide. */
export interface CheckDraft {
  title: string;
  expected: string;
  observed: string;
  passed: '' | 'PASSED' | 'FAILED';
}

/** What the form holds; times are wall clock of the office's zone (`datetime-local`). */
export interface RestoreTestDraft {
  backupRequirementId: string;
  restored: string;
  fromCopy: string;
  startedAt: string;
  finishedAt: string;
  recoveryPointAt: string;
  checks: CheckDraft[];
  outcome: Outcome | '';
  note: string;
  link: string;
}

export const EMPTY_CHECK: CheckDraft = { title: '', expected: '', observed: '', passed: '' };

export const EMPTY_TEST: RestoreTestDraft = {
  ...{ backupRequirementId: '', restored: '', fromCopy: '', startedAt: '', finishedAt: '', recoveryPointAt: '' },
  ...{ checks: [EMPTY_CHECK], outcome: '', note: '', link: '' },
};

export const FIELDS = Object.keys(EMPTY_TEST) as (keyof RestoreTestDraft)[];

export const REQUIRED = ['restored', 'fromCopy', 'startedAt', 'finishedAt', 'outcome'] as const;

const MINUTE_MS = 60_000;

/** Begun minutes between both times, as the service counts them; null while they say nothing. */
export function minutesOfTest({ startedAt, finishedAt }: RestoreTestDraft): number | null {
  if (!startedAt || !finishedAt) return null;
  const took = Date.parse(instantOf(finishedAt)) - Date.parse(instantOf(startedAt));
  return Number.isNaN(took) || took < 0 ? null : Math.ceil(took / MINUTE_MS);
}

/** Nothing was written in it: it is not sent. */
export const isBlank = ({ title, expected, observed }: CheckDraft): boolean => !title && !expected && !observed;

/** Whether a check as it is written makes the test a failure. */
export const fails = (check: CheckDraft): boolean =>
  !isBlank(check) &&
  (check.passed === '' ? check.expected.trim() !== check.observed.trim() : check.passed === 'FAILED');

export function bodyOf(draft: RestoreTestDraft): NewRestoreTest {
  const { backupRequirementId, restored, fromCopy, startedAt, finishedAt, recoveryPointAt, outcome, note, link } =
    draft;
  return {
    ...{ restored, fromCopy, outcome: outcome as Outcome },
    ...{ startedAt: instantOf(startedAt), finishedAt: instantOf(finishedAt) },
    // A blank one in between stays where it is, so that what the service says of a check is shown at it.
    checks: trimmed(draft.checks).map(({ title, expected, observed, passed }) => ({
      ...{ title, expected, observed },
      ...(passed && { passed: passed === 'PASSED' }),
    })),
    ...(backupRequirementId && { backupRequirementId }),
    ...(recoveryPointAt && { recoveryPointAt: instantOf(recoveryPointAt) }),
    ...(note && { note }),
    ...(link && { link }),
  };
}

function trimmed(checks: readonly CheckDraft[]): readonly CheckDraft[] {
  const last = checks.findLastIndex((check) => !isBlank(check));
  return checks.slice(0, last + 1);
}
