import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../../api/client';
import type { Movers, Trend } from '../../../api/readiness-types';

export const trendQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['readiness', 'trend', filters],
    queryFn: ({ signal }) => api.get<Trend>('/readiness/trend', filters, signal),
    placeholderData: keepPreviousData,
  });

export const moversQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['readiness', 'movers', filters],
    queryFn: ({ signal }) => api.get<Movers>('/readiness/movers', filters, signal),
    placeholderData: keepPreviousData,
  });
