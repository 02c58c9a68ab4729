import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { HandOverPreview } from '../../api/types';

/** What handing over everything of a person would move. */
export const handOverQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'hand-over'],
    queryFn: ({ signal }) => api.get<HandOverPreview>(`/users/${userId}/hand-over`, {}, signal),
    staleTime: 0,
  });
