import type { ExportedList } from '../../audit/exports/list-export';
import type { WaiverResponse } from './dto/waiver.response';

/** Waivers as a file, in the order of their page. */
export const WAIVERS_EXPORT: ExportedList<WaiverResponse> = {
  name: 'waivers',
  columns: [
    { key: 'status', words: 'export.waiverStatus', value: ({ status }) => status },
    { key: 'inForce', value: ({ inForce }) => inForce },
    { key: 'expiresOn', value: ({ expiresOn }) => expiresOn },
    { key: 'rule', value: ({ ruleTitle }) => ruleTitle },
    { key: 'dataset', value: ({ dataset }) => dataset },
    { key: 'system', value: ({ system }, { locale }) => (locale === 'en' && system.nameEn) || system.name },
    { key: 'code', value: ({ system }) => system.code },
    { key: 'tier', words: 'tier', value: ({ system }) => system.tier },
    {
      key: 'organisation',
      value: ({ organisation }, { locale }) => (locale === 'en' && organisation.nameEn) || organisation.name,
    },
    { key: 'why', value: ({ reason }) => reason },
    { key: 'compensatingMeasure', value: ({ compensatingMeasure }) => compensatingMeasure },
    { key: 'whereOnRecord', value: ({ evidence }) => evidence },
    { key: 'renewals', value: ({ renewals }) => renewals },
    { key: 'requestedBy', value: ({ requestedBy }) => requestedBy.displayName },
    { key: 'requestedAt', value: ({ requestedAt }) => requestedAt },
    { key: 'decidedBy', value: ({ decidedBy }) => decidedBy?.displayName },
    { key: 'decidedAt', value: ({ decidedAt }) => decidedAt },
    { key: 'comment', value: ({ comment }) => comment },
    { key: 'revokedBy', value: ({ revokedBy }) => revokedBy?.displayName },
    { key: 'revokedAt', value: ({ revokedAt }) => revokedAt },
  ],
};
