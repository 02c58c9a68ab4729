import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Page } from '../../api/types';
import type { Report, ReportListItem } from './report-types';

const POLL_MS = 1000;

/** Whether the worker is still at it. */
export const isUnderWay = ({ status }: Pick<Report, 'status'>) => status === 'QUEUED' || status === 'RUNNING';

/** Reports, newest first; asked again every second while one of them is being made. */
export const reportsQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['reports', 'list', filters],
    queryFn: ({ signal }) => api.get<Page<ReportListItem>>('/reports', filters, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (!state.error && state.data?.items.some(isUnderWay) ? POLL_MS : false),
  });

/** One report; asked again every second until it is made. */
export const reportQuery = (reportId: string) =>
  queryOptions({
    queryKey: ['reports', reportId],
    queryFn: ({ signal }) => api.get<Report>(`/reports/${reportId}`, {}, signal),
    refetchInterval: ({ state }) => (!state.error && (!state.data || isUnderWay(state.data)) ? POLL_MS : false),
  });
