import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { BackupProfile, Page } from '../../api/types';

export const profilesQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['systems', 'backup-profiles', filters],
    queryFn: ({ signal }) => api.get<Page<BackupProfile>>('/backup-profiles', filters, signal),
    placeholderData: keepPreviousData,
  });

/** One profile with the tag its next change must present. */
export const profileQuery = (profileId: string) =>
  queryOptions({
    queryKey: ['systems', 'backup-profile', profileId],
    queryFn: ({ signal }) => api.getTagged<BackupProfile>(`/backup-profiles/${profileId}`, signal),
  });
