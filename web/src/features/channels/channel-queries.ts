import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { ChannelList, ChannelMessage, Page } from '../../api/types';

export const channelsQuery = queryOptions({
  queryKey: ['channels', 'list'],
  queryFn: ({ signal }) => api.get<ChannelList>('/channels', {}, signal),
});

export const channelMessagesQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ['channels', 'messages', cursor],
    queryFn: ({ signal }) => api.get<Page<ChannelMessage>>('/channel-messages', { cursor }, signal),
  });
