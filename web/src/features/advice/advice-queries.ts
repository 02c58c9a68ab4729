import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Advice, Page } from '../../api/types';

/** What was asked and answered, newest first. */
export const advicesQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['advice', 'list', filters],
    queryFn: ({ signal }) => api.get<Page<Advice>>('/advice', filters, signal),
    placeholderData: keepPreviousData,
  });

export const adviceQuery = (adviceId: string) =>
  queryOptions({
    queryKey: ['advice', adviceId],
    queryFn: ({ signal }) => api.get<Advice>(`/advice/${adviceId}`, {}, signal),
  });
