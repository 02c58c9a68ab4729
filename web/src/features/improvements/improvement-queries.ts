import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Improvement, ImprovementDetail, ImprovementSource, ImprovementStatus, Page } from '../../api/types';

export const SOURCES: readonly ImprovementSource[] = ['DRILL', 'AUDIT', 'INCIDENT', 'SELF_CHECK'];
export const STATUSES: readonly ImprovementStatus[] = ['OPEN', 'IN_PROGRESS', 'CLOSED', 'CANCELLED'];
/** Items that somebody still has to do something about. */
export const NOT_ENDED = 'OPEN,IN_PROGRESS';

/** Improvement items, the one due first first. Under the key of systems, since what changes those changes items too. */
export const improvementsQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['systems', 'improvements', filters],
    queryFn: ({ signal }) => api.get<Page<Improvement>>('/improvements', filters, signal),
    placeholderData: keepPreviousData,
  });

/** One item with the tag its next change must present. */
export const improvementQuery = (itemId: string) =>
  queryOptions({
    queryKey: ['systems', 'improvement', itemId],
    queryFn: ({ signal }) => api.getTagged<ImprovementDetail>(`/improvements/${itemId}`, signal),
  });
