import type { ExportedList } from '../../audit/exports/list-export';
import type { ImprovementResponse } from './dto/improvement.response';

/** Improvement items as a file, in the order of their page. */
export const IMPROVEMENTS_EXPORT: ExportedList<ImprovementResponse> = {
  name: 'improvements',
  columns: [
    { key: 'title', value: ({ title }) => title },
    { key: 'improvementSource', words: 'improvementSource', value: ({ source }) => source },
    { key: 'status', words: 'improvementStatus', value: ({ status }) => status },
    { key: 'dueOn', value: ({ dueOn }) => dueOn },
    { key: 'overdue', value: ({ overdue }) => overdue },
    { key: 'percent', value: ({ percent }) => percent },
    { key: 'system', value: ({ system }, { locale }) => system && ((locale === 'en' && system.nameEn) || system.name) },
    { key: 'code', value: ({ system }) => system?.code },
    {
      key: 'organisation',
      value: ({ organisation }, { locale }) => (locale === 'en' && organisation.nameEn) || organisation.name,
    },
    { key: 'owner', value: ({ owner }) => owner?.displayName },
    { key: 'openedAt', value: ({ openedAt }) => openedAt },
    { key: 'endedBy', value: ({ endedBy }) => endedBy?.displayName },
    { key: 'endedAt', value: ({ endedAt }) => endedAt },
    { key: 'note', value: ({ comment }) => comment },
  ],
};
