import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Page, Reminder } from '../../api/types';

export const remindersQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['reminders', filters],
    queryFn: ({ signal }) => api.get<Page<Reminder>>('/reminders', filters, signal),
    placeholderData: keepPreviousData,
  });
