import type { ExportedList } from '../../audit/exports/list-export';
import type { EvidenceResponse } from './dto/evidence.response';

/** The evidence of a system as a file, in the order of its page. */
export const EVIDENCE_EXPORT: ExportedList<EvidenceResponse> = {
  name: 'evidence',
  columns: [
    { key: 'performedAt', value: ({ performedAt }) => performedAt },
    { key: 'evidenceKind', words: 'evidenceKind', value: ({ kind }) => kind },
    { key: 'outcome', words: 'outcome', value: ({ outcome }) => outcome },
    { key: 'strength', words: 'strength', value: ({ strength }) => strength },
    { key: 'performer', value: ({ performer }) => performer?.displayName },
    { key: 'recordedAt', value: ({ recordedAt }) => recordedAt },
    { key: 'recoveryPointAt', value: ({ recoveryPointAt }) => recoveryPointAt },
    { key: 'measuredMinutes', value: ({ measuredMinutes }) => measuredMinutes },
    { key: 'tool', value: ({ tool }) => tool },
    { key: 'note', value: ({ note }) => note },
    { key: 'link', value: ({ link }) => link },
    { key: 'sha256', value: ({ sha256 }) => sha256 },
    { key: 'superseded', value: ({ supersededById }) => supersededById !== null },
  ],
};
