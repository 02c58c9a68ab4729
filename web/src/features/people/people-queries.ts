import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { ApiTokenList, GroupMappings, Page, User } from '../../api/types';

export const usersQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['users', 'list', filters],
    queryFn: ({ signal }) => api.get<Page<User>>('/users', filters, signal),
    placeholderData: keepPreviousData,
  });

/** One person with the tag that the next change must present. */
export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'details'],
    queryFn: ({ signal }) => api.getTagged<User>(`/users/${userId}`, signal),
  });

export const tokensOfQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'api-tokens'],
    queryFn: ({ signal }) => api.get<ApiTokenList>('/api-tokens', { userId }, signal),
  });

export const groupMappingsQuery = queryOptions({
  queryKey: ['group-mappings'],
  queryFn: ({ signal }) => api.get<GroupMappings>('/oidc/group-mappings', {}, signal),
});
