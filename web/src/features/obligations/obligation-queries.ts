import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Obligation, Page, State, Transition } from '../../api/types';

/** States of what is owed, and neither waived nor not applicable. */
export const OWED_STATES: readonly State[] = ['FAILED', 'OVERDUE', 'UNKNOWN', 'DUE_SOON', 'MET'];

/** States in which somebody has to act. */
export const OPEN_STATES: readonly State[] = ['FAILED', 'OVERDUE', 'UNKNOWN', 'DUE_SOON'];

const BY_URGENCY: readonly State[] = [...OPEN_STATES, 'WAIVED', 'MET', 'NOT_APPLICABLE'];

/** The most urgent state first, within it what decides readiness, within it the earliest date. */
export function worstFirst(obligations: readonly Obligation[]): Obligation[] {
  const rank = ({ state, gating, dueOn }: Obligation) =>
    `${BY_URGENCY.indexOf(state)}${gating ? 0 : 1}${dueOn ?? '9999-12-31'}`;
  return obligations.toSorted((a, b) => rank(a).localeCompare(rank(b)));
}

/** Nothing is to be done about it but to renew its waiver before that ends. */
export const isRenewable = ({ state, waivable, allowed }: Pick<Obligation, 'state' | 'waivable' | 'allowed'>) =>
  state === 'WAIVED' && waivable && allowed.includes('waivers:request');

export const isOpen = ({ state }: { state: State }) => OPEN_STATES.includes(state);

export const obligationsQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['obligations', 'list', filters],
    queryFn: ({ signal }) => api.get<Page<Obligation>>('/obligations', filters, signal),
    placeholderData: keepPreviousData,
  });

export const transitionsQuery = (obligationId: string) =>
  queryOptions({
    queryKey: ['obligations', obligationId, 'transitions'],
    queryFn: ({ signal }) => api.get<Page<Transition>>(`/obligations/${obligationId}/transitions`, {}, signal),
  });
