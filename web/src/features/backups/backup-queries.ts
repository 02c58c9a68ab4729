import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { BackupRequirement } from '../../api/types';
import type { Page } from '../../api/types';

export const backupsQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'backups'],
    queryFn: ({ signal }) => api.get<Page<BackupRequirement>>(`/systems/${systemId}/backup-requirements`, {}, signal),
  });

/** One requirement with the tag its next change must present. */
export const backupQuery = (requirementId: string) =>
  queryOptions({
    queryKey: ['systems', 'backup-requirement', requirementId],
    queryFn: ({ signal }) => api.getTagged<BackupRequirement>(`/backup-requirements/${requirementId}`, signal),
  });
