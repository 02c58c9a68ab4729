import type { ExportedList } from '../../audit/exports/list-export';
import type { AdviceResponse } from './dto/advice.response';

/** Requests for advice as a file, in the order of their page. */
export const ADVICE_EXPORT: ExportedList<AdviceResponse> = {
  name: 'advice',
  columns: [
    { key: 'title', value: ({ title }) => title },
    {
      key: 'organisation',
      value: ({ organisation }, { locale }) => (locale === 'en' && organisation.nameEn) || organisation.name,
    },
    {
      key: 'ministry',
      value: ({ ministry }, { locale }) => (locale === 'en' && ministry.nameEn) || ministry.name,
    },
    { key: 'status', words: 'export.adviceStatus', value: ({ status }) => status },
    { key: 'dueOn', value: ({ dueOn }) => dueOn },
    { key: 'system', value: ({ system }, { locale }) => system && ((locale === 'en' && system.nameEn) || system.name) },
    { key: 'improvementItem', value: ({ improvementItem }) => improvementItem?.title },
    { key: 'askedBy', value: ({ askedBy }) => askedBy.displayName },
    { key: 'askedAt', value: ({ askedAt }) => askedAt },
    { key: 'question', value: ({ question }) => question },
    { key: 'answeredBy', value: ({ answeredBy }) => answeredBy?.displayName },
    { key: 'answeredAt', value: ({ answeredAt }) => answeredAt },
    { key: 'answer', value: ({ answer }) => answer },
  ],
};
