import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrillRun } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { now } from '../../../ui/format/now';
import { useMinutes } from '../minutes';

const SECOND_MS = 1_000;

/** Seconds that a run has taken, going on from when its answer came. */
function useElapsedSeconds({ elapsedSeconds, status, pausedAt }: DrillRun, answeredAt: number): number {
  const isTicking = status === 'RUNNING' && pausedAt === null;
  const [at, setAt] = useState(answeredAt);
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setAt(Date.parse(now())), SECOND_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return isTicking ? elapsedSeconds + Math.max(0, Math.floor((at - answeredAt) / SECOND_MS)) : elapsedSeconds;
}

const two = (value: number) => String(value).padStart(2, '0');

/** `1:05:09`. */
export function clockText(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

/** The big clock, against what is planned and claimed. */
export function RunClock({ run, answeredAt }: { run: DrillRun; answeredAt: number }) {
  const { t } = useTranslation();
  const minutes = useMinutes();
  const seconds = useElapsedSeconds(run, answeredAt);
  const { rtoMinutes, rpoMinutes, rpaMinutes, rtaMinutes, status, pausedAt, drill } = run;
  const measures = drill.type === null || rtaMinutes !== null || status === 'PREPARING';
  const isLate = rtoMinutes !== null && seconds > rtoMinutes * 60 && measures;
  const isTooOld = rpoMinutes !== null && rpaMinutes !== null && rpaMinutes > rpoMinutes;
  const isOver = seconds > drill.plannedMinutes * 60;
  return (
    <section aria-label={t('runs.clock')} className="card mb-6 grid gap-2">
      <p
        role="timer"
        className={`text-center text-[clamp(3rem,18vw,6rem)] leading-100 font-700 tabular-nums ${isLate ? 'text-error' : ''}`}
      >
        {clockText(seconds)}
      </p>
      <p className="flex flex-wrap justify-center gap-2">
        <Tag look={status === 'RUNNING' && !pausedAt ? 'soon' : status === 'ATTESTED' ? 'met' : 'none'}>
          {t(pausedAt ? 'runs.paused' : `runStatus.${status}`)}
        </Tag>
        {isOver && status === 'RUNNING' && <Tag look="soon">{t('runs.overPlanned')}</Tag>}
        {isLate && <Tag look="late">{t('runs.overRto')}</Tag>}
        {isTooOld && <Tag look="late">{t('runs.overRpo')}</Tag>}
      </p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1 text-center sm:grid-cols-4">
        <Figure
          name={t('runs.rta')}
          value={minutes(rtaMinutes === null ? null : Math.ceil(seconds / 60))}
          isMissed={isLate}
        />
        <Figure name={t('runs.rto')} value={minutes(rtoMinutes)} />
        <Figure name={t('runs.rpa')} value={minutes(rpaMinutes)} isMissed={isTooOld} />
        <Figure name={t('runs.rpo')} value={minutes(rpoMinutes)} />
      </dl>
      <p className="text-center text-[0.875rem] text-soft">
        {t('runs.planned', { planned: minutes(drill.plannedMinutes), path: minutes(run.plannedCriticalMinutes) })}
      </p>
    </section>
  );
}

function Figure({ name, value, isMissed = false }: { name: string; value: string; isMissed?: boolean }) {
  return (
    <div>
      <dt className="text-[0.875rem] text-soft">{name}</dt>
      <dd className={`font-700 ${isMissed ? 'text-error' : ''}`}>{value}</dd>
    </div>
  );
}
