import { useTranslation } from 'react-i18next';
import type { State, Tier, Verdict } from '../api/types';
import { useFormat } from './format/format';
import { Icon, type IconName } from './icon';

interface Look {
  icon: IconName;
  colours: string;
}

const NONE = 'bg-none text-on-none border-transparent';

export const STATE_LOOK: Record<State, Look> = {
  MET: { icon: 'check', colours: 'bg-met text-on-met border-transparent' },
  DUE_SOON: { icon: 'clock', colours: 'bg-soon text-on-soon border-transparent' },
  OVERDUE: { icon: 'alert', colours: 'bg-late text-on-late border-transparent' },
  FAILED: { icon: 'cross', colours: 'bg-failed text-on-failed border-transparent' },
  UNKNOWN: { icon: 'blank', colours: 'bg-page text-ink border-dashed border-edge' },
  WAIVED: { icon: 'shield', colours: 'bg-waived text-on-waived border-transparent' },
  NOT_APPLICABLE: { icon: 'minus', colours: NONE },
};

export const VERDICT_LOOK: Record<Verdict, Look> = {
  READY: STATE_LOOK.MET,
  READY_WITH_WAIVERS: STATE_LOOK.WAIVED,
  AT_RISK: STATE_LOOK.DUE_SOON,
  NOT_READY: STATE_LOOK.OVERDUE,
  UNKNOWN: STATE_LOOK.UNKNOWN,
};

function Pill({ look, children }: { look: Look; children: React.ReactNode }) {
  return (
    <span
      className={`inline-block rounded-6 border px-2 py-0.5 text-[0.875rem] font-700 leading-140 whitespace-nowrap ${look.colours}`}
    >
      <Icon name={look.icon} className="me-1 size-4 align-[-0.2em]" />
      {children}
    </span>
  );
}

/** Icon and word of an obligation's state, with its date beside it; `null`: it is no longer owed. */
export function StateBadge({ state, dueOn }: { state: State | null; dueOn?: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
      {state ? (
        <Pill look={STATE_LOOK[state]}>{t(`domain:state.${state}`)}</Pill>
      ) : (
        <Tag>{t('obligations.noLongerOwed')}</Tag>
      )}
      {dueOn && <span className="text-[0.875rem] whitespace-nowrap">{format.date(dueOn)}</span>}
    </span>
  );
}

/** Icon and word of a system's verdict; planned and retired systems have none. */
export function VerdictBadge({ verdict }: { verdict: Verdict | null }) {
  const { t } = useTranslation('domain');
  if (!verdict) return <span className="text-soft">—</span>;
  return <Pill look={VERDICT_LOOK[verdict]}>{t(`verdict.${verdict}`)}</Pill>;
}

export function TierBadge({ tier }: { tier: Tier }) {
  const { t } = useTranslation();
  return (
    <span className="inline-block rounded-6 border border-edge px-1.5 text-[0.8125rem] leading-150 whitespace-nowrap">
      {t('tier.label', { tier: t(`domain:tier.${tier}`) })}
    </span>
  );
}

/** A small grey word: a status that is not a readiness state. */
export function Tag({
  children,
  look = 'none',
}: {
  children: React.ReactNode;
  look?: 'none' | 'met' | 'late' | 'soon' | 'waived';
}) {
  const colours = {
    none: NONE,
    met: STATE_LOOK.MET.colours,
    late: STATE_LOOK.OVERDUE.colours,
    soon: STATE_LOOK.DUE_SOON.colours,
    waived: STATE_LOOK.WAIVED.colours,
  };
  return (
    <span
      className={`inline-block rounded-6 px-2 py-0.5 text-[0.8125rem] leading-140 whitespace-nowrap ${colours[look]}`}
    >
      {children}
    </span>
  );
}
