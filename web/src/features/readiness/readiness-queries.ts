import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Coverage, EffectiveReadiness } from '../../api/readiness-types';
import type { Forecast, Heatmap, Obligation, Page, Supervised, TierReadiness } from '../../api/types';

export const HEATMAP_ROWS = 50;
const NEXT_DUE = 5;

/** @param asOf a day of the past; now when absent. */
export const tierReadinessQuery = (organisationId: string | undefined, asOf?: string) =>
  queryOptions({
    queryKey: ['readiness', 'tiers', organisationId, asOf],
    queryFn: ({ signal }) => api.get<TierReadiness>('/readiness/tiers', { organisationId, asOf }, signal),
    placeholderData: keepPreviousData,
  });

export const supervisedQuery = (organisationId: string | undefined) =>
  queryOptions({
    queryKey: ['readiness', 'supervised', organisationId],
    queryFn: ({ signal }) => api.get<Supervised>('/readiness/supervised', { organisationId }, signal),
    placeholderData: keepPreviousData,
  });

export const forecastQuery = (organisationId: string | undefined) =>
  queryOptions({
    queryKey: ['readiness', 'forecast', organisationId],
    queryFn: ({ signal }) => api.get<Forecast>('/readiness/forecast', { organisationId }, signal),
    placeholderData: keepPreviousData,
  });

export const coverageQuery = (organisationId: string | undefined) =>
  queryOptions({
    queryKey: ['readiness', 'coverage', organisationId],
    queryFn: ({ signal }) => api.get<Coverage>('/readiness/coverage', { organisationId }, signal),
    placeholderData: keepPreviousData,
  });

export const effectiveQuery = (organisationId: string | undefined) =>
  queryOptions({
    queryKey: ['readiness', 'effective', organisationId],
    queryFn: ({ signal }) => api.get<EffectiveReadiness>('/readiness/effective', { organisationId }, signal),
    placeholderData: keepPreviousData,
  });

export const heatmapQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['readiness', 'systems', filters],
    queryFn: ({ signal }) => api.get<Heatmap>('/readiness/systems', { ...filters, limit: HEATMAP_ROWS }, signal),
    placeholderData: keepPreviousData,
  });

export const nextDueQuery = (organisationId: string | undefined) =>
  queryOptions({
    queryKey: ['readiness', 'due', organisationId],
    queryFn: ({ signal }) => api.get<Page<Obligation>>('/readiness/due', { limit: NEXT_DUE, organisationId }, signal),
    placeholderData: keepPreviousData,
  });
