import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDuration } from '../../../ui/format/duration';
import type { MergeWords } from '../../../ui/merge/merge-dialog';
import { toolsQuery } from '../inlet-queries';
import type { InletDraft } from './inlet-draft';

const FIRST = ['name', 'tool', 'mapping', 'scheduleKind', 'schedule'] as const;
const NAMES = [...FIRST, 'grace', 'timeZone', 'ownNames', 'copySite'] as const satisfies (keyof InletDraft)[];

/** The fields of an inlet and their values in words, for the form and for the choice between two versions. */
export function useInletWords(): MergeWords {
  const { t } = useTranslation();
  const duration = useDuration();
  const tools = useQuery(toolsQuery).data?.items;
  return {
    labels: Object.fromEntries(NAMES.map((name) => [name, t(`inlets.${name}`)])),
    show: (name, value) => {
      const text = String(value ?? '');
      if (name === 'tool') return tools?.find(({ tool }) => tool === text)?.name ?? (text || t('inlets.anyTool'));
      if (text === '' || text.startsWith('unit:')) return t('merge.empty');
      if (name === 'grace') return duration(text);
      if (name === 'scheduleKind') return t(`inlets.kind.${text as 'CRON'}`);
      return name === 'ownNames' ? text.replaceAll('\n', t('text.dot')) : text;
    },
  };
}
