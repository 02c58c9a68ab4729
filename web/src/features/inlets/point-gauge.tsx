import { useTranslation } from 'react-i18next';
import type { RequirementRuns } from '../../api/types';
import { Tag } from '../../ui/badge';
import { useDuration } from '../../ui/format/duration';
import { useFormat } from '../../ui/format/format';
import { Facts } from '../../ui/page';

const LOOK = { FINE: 'met', LATE: 'soon', CRITICAL: 'late' } as const;
const FILL = { FINE: 'bg-on-met', LATE: 'bg-on-soon', CRITICAL: 'bg-on-late' } as const;
/** The scale ends where critical has long begun. */
const FULL = 3;

/** How old the newest recovery point is beside the objective: in words, and as a bar for who sees it. */
export function PointGauge({ gauge }: { gauge: RequirementRuns['recoveryPoint'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const { grade, ratio, newestPointAt, rpa, rpo } = gauge;
  if (!grade || ratio === null || !newestPointAt) return <p className="mb-4">{t('inlets.noPoint')}</p>;
  return (
    <div className="mb-4 grid gap-3">
      <Facts
        facts={[
          [t('inlets.newestPoint'), format.instant(newestPointAt)],
          [t('inlets.rpa'), duration(rpa)],
          [t('inlets.rpo'), duration(rpo)],
          [t('inlets.ratio'), <Tag key="ratio" look={LOOK[grade]}>{`${ratio} — ${t(`inlets.grade.${grade}`)}`}</Tag>],
        ]}
      />
      <div aria-hidden className="h-3 max-w-xl overflow-hidden rounded-4 border border-edge">
        <div className={`h-full ${FILL[grade]}`} style={{ width: `${Math.min(100, (ratio / FULL) * 100)}%` }} />
      </div>
    </div>
  );
}
