import { useTranslation } from 'react-i18next';
import type { TrendDay } from '../../../api/readiness-types';
import type { Tier } from '../../../api/types';
import { useFormat } from '../../../ui/format/format';

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [320, 140, 26, 8, 20];
const DAY_MS = 86_400_000;
const LINES = {
  total: 'stroke-soft [stroke-dasharray:1_4]',
  ready: 'stroke-on-met',
  notReady: 'stroke-error [stroke-dasharray:7_4]',
} as const;
type LineName = keyof typeof LINES;

export interface TierPoint {
  on: string;
  total: number;
  ready: number;
  notReady: number;
}

/** What the frozen days say of one tier. */
export function pointsOf(days: readonly TrendDay[], tier: Tier): TierPoint[] {
  return days.flatMap(({ on, tiers }) =>
    tiers
      .filter((each) => each.tier === tier)
      .map(({ total, byVerdict }) => ({
        ...{ on, total, notReady: byVerdict.NOT_READY },
        ready: byVerdict.READY + byVerdict.READY_WITH_WAIVERS,
      })),
  );
}

const dayOf = (on: string) => Date.parse(on) / DAY_MS;

function Sample({ line }: { line: LineName }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 28 8" className="h-2 w-7 shrink-0">
      <path d="M1 4H27" fill="none" strokeWidth="2.5" strokeLinecap="round" className={LINES[line]} />
    </svg>
  );
}

/** A tier over the days: each day is a step as wide as a day, and one that was not frozen a gap. The lines differ in their pattern and are named below. */
export function TrendChart({ tier, points, from, to }: { tier: Tier; points: TierPoint[]; from: string; to: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(1, ...points.map(({ total }) => total));
  const x = (day: number) =>
    LEFT + ((WIDTH - LEFT - 2) * (day - dayOf(from))) / Math.max(1, dayOf(to) + 1 - dayOf(from));
  const y = (systems: number) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * systems) / most;
  const path = (line: LineName) =>
    points
      .map((point, index) => {
        const day = dayOf(point.on);
        const before = points[index - 1];
        const joins = before && dayOf(before.on) === day - 1;
        return `${joins ? `V${y(point[line])}` : `M${x(day)} ${y(point[line])}`}H${x(day + 1)}`;
      })
      .join('');
  const words = { tier: t(`domain:tier.${tier}`), first: format.date(first.on), last: format.date(last.on) };
  const label = t('trend.chart', {
    ...words,
    ...{ firstReady: first.ready, firstTotal: first.total, lastReady: last.ready, lastTotal: last.total },
  });
  return (
    <figure className="print-whole min-w-0">
      <h3 className="mb-1">{t('tier.label', { tier: words.tier })}</h3>
      <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full max-w-md text-soft">
        {[0, most].map((systems) => (
          <g key={systems}>
            <path d={`M${LEFT} ${y(systems)}H${WIDTH}`} className="stroke-line" />
            <text x={LEFT - 5} y={y(systems) + 4} textAnchor="end" className="fill-current text-[0.75rem]">
              {format.number(systems)}
            </text>
          </g>
        ))}
        {[from, to].map((on, index) => (
          <text
            key={index}
            x={index === 0 ? LEFT : WIDTH}
            y={HEIGHT - 4}
            textAnchor={index === 0 ? 'start' : 'end'}
            className="fill-current text-[0.75rem]"
          >
            {format.shortDate(on, to)}
          </text>
        ))}
        {(['total', 'notReady', 'ready'] as const).map((line) => (
          <path
            key={line}
            d={path(line)}
            fill="none"
            strokeWidth="2.5"
            strokeLinecap="round"
            strokeLinejoin="round"
            className={LINES[line]}
          />
        ))}
      </svg>
      <figcaption>
        <ul className="flex flex-wrap gap-x-4 text-[0.875rem]">
          {(['ready', 'notReady', 'total'] as const).map((line) => (
            <li key={line} className="inline-flex items-center gap-1.5">
              <Sample line={line} />
              {t(`trend.${line}`, { count: last[line] })}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
