import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { OwnSession } from '../../api/types';

export const ownSessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ signal }) => api.get<OwnSession[]>('/me/sessions', {}, signal),
});
