import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { ImportMapping, ImportProfile, ImportRun, ImportRunSummary, Inspection, Page } from '../../api/types';

const POLL_MS = 1000;

export const isRunning = ({ status }: { status: ImportRun['status'] }) => status === 'QUEUED' || status === 'RUNNING';

/** One import; asked again every second until it has ended. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId],
    queryFn: ({ signal }) => api.get<ImportRun>(`/imports/${importId}`, {}, signal),
    refetchInterval: ({ state }) => (!state.error && (!state.data || isRunning(state.data)) ? POLL_MS : false),
  });

export const importsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ signal }) => api.get<Page<ImportRunSummary>>('/imports', { limit: 10 }, signal),
});

export const profilesQuery = queryOptions({
  queryKey: ['import-profiles'],
  queryFn: ({ signal }) => api.get<Page<ImportProfile>>('/import-profiles', {}, signal),
});

export const templateHref = '/api/v1/imports/systems/template.csv';
export const rejectedHref = (importId: string) => `/api/v1/imports/${importId}/rejected.csv`;

/** How to open a file that does not say so itself. */
export interface FileChoice {
  encoding?: string;
  delimiter?: string;
  sheet?: string;
}

/** What the file looks like: its encoding, columns, first rows and the values of short columns. */
export function inspectFile(file: File, choice: FileChoice): Promise<Inspection> {
  const body = new FormData();
  for (const [name, value] of Object.entries(choice)) if (value) body.set(name, value);
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
