import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Page, Waiver } from '../../api/types';

/** Waivers and requests for them, newest first. */
export const waiversQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['systems', 'waivers', filters],
    queryFn: ({ signal }) => api.get<Page<Waiver>>('/waivers', filters, signal),
    placeholderData: keepPreviousData,
  });
