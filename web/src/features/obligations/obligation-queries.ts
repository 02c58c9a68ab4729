import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Obligation, Page, State, Transition } from '../../api/types';

/** States in which somebody has to act. */
export const OPEN_STATES: readonly State[] = ['FAILED', 'OVERDUE', 'UNKNOWN', 'DUE_SOON'];

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
