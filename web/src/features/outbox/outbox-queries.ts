import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Mail, MailSummary } from '../../api/types';
import type { Page } from '../../api/types';

export const outboxQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ['outbox', 'list', cursor],
    queryFn: ({ signal }) => api.get<Page<MailSummary>>('/outbox', { cursor }, signal),
  });

export const mailQuery = (mailId: string) =>
  queryOptions({
    queryKey: ['outbox', mailId],
    queryFn: ({ signal }) => api.get<Mail>(`/outbox/${mailId}`, {}, signal),
  });
