import { Reason } from '../readiness/reason';

/** A person as far as reaching them goes. */
export interface Addressee {
  /** False once the account is closed or the person erased. */
  active: boolean;
  address: string | null;
}

/** Whether a person can be reminded at all. */
export function isReachable(person: Addressee | null): boolean {
  return person !== null && person.active && (person.address ?? '') !== '';
}

/**
 * Why nobody can be reminded of what a system owes, which is a finding of its own (domain.md section 6): nobody is named, or everybody
 * named has left. Null when the owner or the deputy can be. It says nothing of the obligations, so it turns nothing green.
 */
export function unreachableReason(owner: Addressee | null, deputy: Addressee | null): Reason | null {
  if (isReachable(owner) || isReachable(deputy)) return null;
  return { code: owner === null && deputy === null ? 'NOBODY_NAMED' : 'NOBODY_REACHABLE', params: {} };
}
