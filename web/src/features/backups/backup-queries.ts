import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { BackupRequirement, CheckedBackupRequirement, Page } from '../../api/types';

/** The requirements of a system; those withdrawn when asked for. */
export const backupsQuery = (systemId: string, withdrawn = false) =>
  queryOptions({
    queryKey: ['systems', systemId, 'backups', withdrawn],
    queryFn: ({ signal }) =>
      api.get<Page<BackupRequirement>>(
        `/systems/${systemId}/backup-requirements`,
        withdrawn ? { withdrawn } : {},
        signal,
      ),
    placeholderData: keepPreviousData,
  });

/** The requirements of all systems that the person may see. */
export const allBackupsQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['systems', 'backup-requirements', filters],
    queryFn: ({ signal }) => api.get<Page<BackupRequirement>>('/backup-requirements', filters, signal),
    placeholderData: keepPreviousData,
  });

/** One requirement with the tag its next change must present. */
export const backupQuery = (requirementId: string) =>
  queryOptions({
    queryKey: ['systems', 'backup-requirement', requirementId],
    queryFn: ({ signal }) => api.getTagged<BackupRequirement>(`/backup-requirements/${requirementId}`, signal),
  });

/** What is amiss in a requirement that is still being written. @param said its terms so far, as JSON. */
export const backupCheckQuery = (systemId: string, said: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'backup-check', said],
    queryFn: () =>
      api.post<CheckedBackupRequirement>(`/systems/${systemId}/backup-requirements/check`, JSON.parse(said)),
    placeholderData: keepPreviousData,
    retry: false,
  });
