import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { ImportMapping, ImportProfile, ImportRun, Inspection } from '../../api/administration-types';
import type { Page } from '../../api/types';

const POLL_MS = 1000;

export const isRunning = ({ status }: ImportRun) => status === 'QUEUED' || status === 'RUNNING';

/** One import; asked again every second until it has ended. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId],
    queryFn: ({ signal }) => api.get<ImportRun>(`/imports/${importId}`, {}, signal),
    refetchInterval: ({ state }) => (!state.data || isRunning(state.data) ? POLL_MS : false),
  });

export const profilesQuery = queryOptions({
  queryKey: ['import-profiles'],
  queryFn: ({ signal }) => api.get<Page<ImportProfile>>('/import-profiles', {}, signal),
});

/** What the file looks like: its encoding, columns, first rows and the values of short columns. */
export function inspectFile(file: File): Promise<Inspection> {
  const body = new FormData();
  body.set('file', file);
  return api.post('/imports/systems/inspect', body);
}

/** Starts an import; the answer comes at once, the work goes on. The fields stand before the file so that it can be streamed. */
export function startImport(file: File, mapping: ImportMapping, dryRun: boolean): Promise<ImportRun> {
  const body = new FormData();
  body.set('mapping', JSON.stringify(mapping));
  body.set('dryRun', String(dryRun));
  body.set('file', file);
  return api.post('/imports/systems', body);
}

export const saveProfile = (name: string, mapping: ImportMapping) =>
  api.post<ImportProfile>('/import-profiles', { name, mapping });
