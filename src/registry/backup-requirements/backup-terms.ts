import { parseMinutes, parsePeriod } from '../../core/time/duration';
import { canonicalJson } from '../../platform/database/canonical-json';
import { type FieldProblem, Problem } from '../../platform/http/problem';
import type { BackupRequirement } from './backup-requirement.entity';
import type { BackupTermsRequest, CopyRequest } from './dto/backup-terms.request';

const TERMS = [
  ...(['method', 'intervalMinutes', 'retention', 'generations', 'rpoMinutes', 'copies'] as const),
  ...(['verificationCadence', 'restoreTestCadence'] as const),
] as const;

/** What a requirement and a profile ask for alike, as it is stored. */
export type StoredTerms = Pick<BackupRequirement, (typeof TERMS)[number]>;

/** The fields of the API that hold them. */
type TermsFields = Omit<BackupTermsRequest, 'copies'> & { copies: CopyRequest[] };

/** The stored terms of a request, as far as it names them. */
export function termsOf<T extends Partial<TermsFields>>(request: T): Partial<StoredTerms> {
  const { method, interval, retention, rpo, copies } = request;
  const stated: Partial<StoredTerms> = {
    ...{ method, retention, generations: request.generations, copies: copies?.map(copyOf) },
    intervalMinutes: interval === undefined ? undefined : parseMinutes(interval),
    rpoMinutes: rpo === undefined ? undefined : parseMinutes(rpo),
    verificationCadence: request.verificationCadence,
    restoreTestCadence: request.restoreTestCadence,
  };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
}

/** The stored terms of a request that names all that has to be named. */
export function allTermsOf(request: TermsFields): StoredTerms {
  const absent = { generations: null, verificationCadence: null, restoreTestCadence: null };
  return { ...absent, ...termsOf(request) } as StoredTerms;
}

/** Those of `edit` that differ from `before`. */
export function changedTerms(before: StoredTerms, edit: Partial<StoredTerms>): Partial<StoredTerms> {
  return Object.fromEntries(
    TERMS.filter((term) => edit[term] !== undefined && canonicalJson(edit[term]) !== canonicalJson(before[term])).map(
      (term) => [term, edit[term]],
    ),
  );
}

/** Whether terms are those of a profile. */
export function followsTerms(terms: StoredTerms, profile: StoredTerms): boolean {
  return Object.keys(changedTerms(profile, terms)).length === 0;
}

/** The values that the same terms had before. */
export function formerTerms(before: StoredTerms, changed: Partial<StoredTerms>): Partial<StoredTerms> {
  return Object.fromEntries((Object.keys(changed) as (keyof StoredTerms)[]).map((term) => [term, before[term]]));
}

/**
 * Refuses terms that contradict themselves, naming each field and why.
 * @throws Problem 422 for an interval above the RPO, and for a length of nothing.
 */
export function requireSound(terms: StoredTerms): void {
  const errors: FieldProblem[] = [];
  if (terms.intervalMinutes > terms.rpoMinutes) errors.push({ field: 'interval', code: 'INTERVAL_EXCEEDS_RPO' });
  for (const field of ['retention', 'verificationCadence', 'restoreTestCadence'] as const) {
    const period = terms[field];
    if (period !== null && isEmpty(period)) errors.push({ field, code: 'ZERO_DURATION' });
  }
  if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
}

function isEmpty(period: string): boolean {
  const { months, days } = parsePeriod(period);
  return months + days === 0;
}

function copyOf(copy: CopyRequest): StoredTerms['copies'][number] {
  const { site, medium, offsite = false, offline = false, immutable = false, encrypted = false, account = null } = copy;
  return { site, medium, offsite, offline, immutable, encrypted, account };
}
