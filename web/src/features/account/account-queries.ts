import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { ApiTokenList, OwnSession } from '../../api/types';

export const ownSessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ signal }) => api.get<OwnSession[]>('/me/sessions', {}, signal),
});

export const apiTokensQuery = queryOptions({
  queryKey: ['account', 'api-tokens'],
  queryFn: ({ signal }) => api.get<ApiTokenList>('/api-tokens', {}, signal),
});
