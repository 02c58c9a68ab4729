import type { ExportedList } from '../../../audit/exports/list-export';
import { DRILL_TYPES } from '../../../core/evidence/evidence';
import type { ReportLine } from './report-lines';
import { message, hasMessage } from '../../../platform/messages/messages';

/** Where the words of states, verdicts, outcomes and standings are. */
const STATE_WORDS = ['export.reportState', 'state', 'verdict', 'export.outcome'];

/** What is done without a rule being named. */
const PROOFS: ReadonlySet<string> = new Set(['RESTORE_TEST', 'DRILL', ...DRILL_TYPES]);

/** A report as one table. */
export const REPORT_EXPORT: ExportedList<ReportLine> = {
  name: 'report',
  columns: [
    { key: 'section', words: 'export.reportSection', value: ({ section }) => section },
    { key: 'tier', words: 'tier', value: ({ tier }) => tier },
    { key: 'organisation', value: ({ organisation }) => organisation },
    { key: 'system', value: ({ system }) => system },
    {
      key: 'rule',
      value: ({ rule }) => rule,
      word: (rule, locale) => (PROOFS.has(rule) ? message(locale, `export.reportProof.${rule}`) : rule),
    },
    { key: 'fromState', words: 'state', value: ({ fromState }) => fromState },
    {
      key: 'state',
      value: ({ state }) => state,
      word: (state, locale) => {
        const group = STATE_WORDS.find((words) => hasMessage(`${words}.${state}`));
        return group ? message(locale, `${group}.${state}`) : state;
      },
    },
    { key: 'count', value: ({ count }) => count },
    { key: 'day', value: ({ on }) => on },
    { key: 'owner', value: ({ owner }) => owner },
    { key: 'measuredMinutes', value: ({ measuredMinutes }) => measuredMinutes },
    { key: 'rtoMinutes', value: ({ rtoMinutes }) => rtoMinutes },
    { key: 'text', value: ({ text }) => text },
  ],
};
