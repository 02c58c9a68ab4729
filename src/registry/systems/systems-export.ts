import type { ExportedList } from '../../audit/exports/list-export';
import type { SystemListItem } from './dto/system.response';

/** The register as a file, in the order of its page. */
export const SYSTEMS_EXPORT: ExportedList<SystemListItem> = {
  name: 'systems',
  columns: [
    { key: 'name', value: ({ name, nameEn }, { locale }) => (locale === 'en' && nameEn) || name },
    { key: 'organisation', value: ({ organisation }, { locale }) => nameOf(organisation, locale) },
    { key: 'code', value: ({ code }) => code },
    { key: 'tier', words: 'tier', value: ({ tier }) => tier },
    { key: 'lifecycle', words: 'lifecycle', value: ({ lifecycle }) => lifecycle },
    { key: 'verdict', words: 'verdict', value: ({ verdict }) => verdict },
    { key: 'effectiveVerdict', words: 'verdict', value: ({ effectiveVerdict }) => effectiveVerdict },
    { key: 'met', value: ({ counts }) => counts.met + counts.dueSoon },
    { key: 'applicable', value: ({ counts }) => counts.applicable },
    { key: 'owner', value: ({ owner }) => owner?.displayName },
    { key: 'unreachable', value: ({ unreachable }) => unreachable },
    { key: 'nextAction', value: ({ nextAction }) => nextAction?.ruleTitle },
    { key: 'reason', value: ({ nextAction }) => nextAction?.text },
  ],
};

const nameOf = ({ name, nameEn }: { name: string; nameEn: string | null }, locale: string): string =>
  (locale === 'en' && nameEn) || name;
