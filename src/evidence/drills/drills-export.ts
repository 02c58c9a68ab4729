import type { ExportedList } from '../../audit/exports/list-export';
import type { DrillSummary } from './dto/drill.response';

/** Drills and outages as a file, in the order of their page. */
export const DRILLS_EXPORT: ExportedList<DrillSummary> = {
  name: 'drills',
  columns: [
    { key: 'title', value: ({ title }) => title },
    { key: 'drillKind', words: 'export.drillKinds', value: ({ kind }) => kind },
    { key: 'drillType', words: 'drillType', value: ({ type }) => type },
    { key: 'status', words: 'export.drillStatus', value: ({ status }) => status },
    { key: 'scheduledAt', value: ({ scheduledAt }) => scheduledAt },
    { key: 'plannedMinutes', value: ({ plannedMinutes }) => plannedMinutes },
    { key: 'system', value: ({ system }, { locale }) => (locale === 'en' && system.nameEn) || system.name },
    { key: 'code', value: ({ system }) => system.code },
    { key: 'tier', words: 'tier', value: ({ system }) => system.tier },
    {
      key: 'organisation',
      value: ({ organisation }, { locale }) => (locale === 'en' && organisation.nameEn) || organisation.name,
    },
    { key: 'participants', value: ({ participantCount }) => participantCount },
    { key: 'acknowledged', value: ({ acknowledgedCount }) => acknowledgedCount },
  ],
};
