import type { ExportedList } from '../../audit/exports/list-export';
import type { ObligationResponse } from '../../obligations/dto/obligation.response';

/** What is owed as a file, in the order of its page. */
export const OBLIGATIONS_EXPORT: ExportedList<ObligationResponse> = {
  name: 'obligations',
  columns: [
    { key: 'state', words: 'state', value: ({ state }) => state },
    { key: 'dueOn', value: ({ dueOn }) => dueOn },
    { key: 'rule', value: ({ ruleTitle }) => ruleTitle },
    { key: 'clause', value: ({ clause, edition }) => [clause, edition].filter(Boolean).join(' / ') || null },
    { key: 'dataset', value: ({ backupRequirement }) => backupRequirement?.dataset },
    { key: 'gating', value: ({ gating }) => gating },
    { key: 'system', value: ({ system }, { locale }) => system && ((locale === 'en' && system.nameEn) || system.name) },
    { key: 'code', value: ({ system }) => system?.code },
    { key: 'tier', words: 'tier', value: ({ system }) => system?.tier },
    {
      key: 'organisation',
      value: ({ organisation }, { locale }) => (locale === 'en' && organisation.nameEn) || organisation.name,
    },
    { key: 'owner', value: ({ owner }) => owner?.displayName },
    { key: 'reason', value: ({ reason }) => reason.text },
  ],
};
