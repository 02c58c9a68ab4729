import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type {
  Achieved,
  Drill,
  DrillReadiness,
  DrillRun,
  DrillRunReport,
  DrillSummary,
  Page,
  RunEvent,
  SystemDrills,
} from '../../api/types';
import { refreshSystem } from '../systems/system-queries';

export const drillsQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['drills', 'list', filters],
    queryFn: ({ signal }) => api.get<Page<DrillSummary>>('/drills', filters, signal),
    placeholderData: keepPreviousData,
  });

/** The drills of a system, and those that its policy asks for and nobody has planned. */
export const systemDrillsQuery = (systemId: string, cursor?: string) =>
  queryOptions({
    queryKey: ['drills', 'of-system', systemId, cursor],
    queryFn: ({ signal }) => api.get<SystemDrills>(`/systems/${systemId}/drills`, { cursor }, signal),
  });

/** One drill with the tag its next change must present. */
export const drillQuery = (drillId: string) =>
  queryOptions({
    queryKey: ['drills', drillId],
    queryFn: ({ signal }) => api.getTagged<Drill>(`/drills/${drillId}`, signal),
  });

export const drillReadinessQuery = (drillId: string) =>
  queryOptions({
    queryKey: ['drills', drillId, 'readiness'],
    queryFn: ({ signal }) => api.get<DrillReadiness>(`/drills/${drillId}/readiness-check`, {}, signal),
  });

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ['drills', 'run', runId],
    queryFn: ({ signal }) => api.get<DrillRun>(`/drill-runs/${runId}`, {}, signal),
  });

/** All that happened in a run; its number of pages is asked for until there is none left. */
export const runEventsQuery = (runId: string) =>
  queryOptions({
    queryKey: ['drills', 'run', runId, 'events'],
    queryFn: async ({ signal }) => {
      const items: RunEvent[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<RunEvent> = await api.get(`/drill-runs/${runId}/events`, { limit: 200, cursor }, signal);
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return items;
    },
  });

export const runReportQuery = (runId: string) =>
  queryOptions({
    queryKey: ['drills', 'run', runId, 'report'],
    queryFn: ({ signal }) => api.get<DrillRunReport>(`/drill-runs/${runId}/report`, {}, signal),
  });

export const achievedQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'achieved'],
    queryFn: ({ signal }) => api.get<Achieved>(`/systems/${systemId}/achieved`, {}, signal),
  });

/** After a write to a drill or a run; an attestation turns obligations too. */
export async function refreshDrills(client: QueryClient): Promise<void> {
  await Promise.all([client.invalidateQueries({ queryKey: ['drills'] }), refreshSystem(client)]);
}
