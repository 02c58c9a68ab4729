import { useTranslation } from 'react-i18next';
import type { RequirementRuns } from '../../api/types';
import { useFormat } from '../../ui/format/format';

type Day = RequirementRuns['days'][number];

const PARTS = ['failed', 'missed', 'partial', 'running', 'passed'] as const;
const MARK = { failed: '×', missed: '！', partial: '△', running: '…', passed: '○' } as const;
const LOOK = {
  failed: 'border-on-late bg-late text-on-late',
  missed: 'border-on-late bg-late text-on-late',
  partial: 'border-on-soon bg-soon text-on-soon',
  running: 'border-edge',
  passed: 'border-on-met bg-met text-on-met',
} as const;

/** The worst that a day saw decides how it looks; what it saw is said in words and marks, never by colour alone. */
export function RunCalendar({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2">
      {days.map((day) => {
        const seen = PARTS.filter((part) => day[part] > 0);
        const [worst] = seen;
        return (
          <li
            key={day.on}
            className={`rounded-8 border p-2 text-[0.875rem] ${worst ? LOOK[worst] : 'border-line text-soft'}`}
          >
            <span className="block">{format.date(day.on)}</span>
            {seen.length === 0 && <span>{t('inlets.day.none')}</span>}
            {seen.map((part) => (
              <span key={part} className="block">
                <span aria-hidden>{MARK[part]} </span>
                {t(`inlets.day.${part}`, { count: day[part] })}
              </span>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
