import type { CalendarFeedListResponse, CalendarFeedResponse, IssuedCalendarFeedResponse } from './generated/types.gen';

export type CalendarFeed = CalendarFeedResponse;
export type CalendarFeedList = CalendarFeedListResponse;
export type IssuedCalendarFeed = IssuedCalendarFeedResponse;
