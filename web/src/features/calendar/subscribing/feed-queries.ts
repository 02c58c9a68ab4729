import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/client';
import type { CalendarFeedList } from '../../../api/calendar-types';

export const calendarFeedsQuery = queryOptions({
  queryKey: ['account', 'calendar-feeds'],
  queryFn: ({ signal }) => api.get<CalendarFeedList>('/calendar-feeds', {}, signal),
});
