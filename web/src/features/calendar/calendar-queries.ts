import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { CalendarResponse } from '../../api/generated/types.gen';

export const calendarQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['calendar', filters],
    queryFn: ({ signal }) => api.get<CalendarResponse>('/calendar', filters, signal),
    placeholderData: keepPreviousData,
  });
