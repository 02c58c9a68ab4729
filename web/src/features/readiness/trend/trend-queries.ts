import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../../api/client';
import type { Trend } from '../../../api/readiness-types';

export const trendQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['readiness', 'trend', filters],
    queryFn: ({ signal }) => api.get<Trend>('/readiness/trend', filters, signal),
    placeholderData: keepPreviousData,
  });
