import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CalendarEvent } from '../../api/generated/types.gen';
import type { State } from '../../api/types';
import { StateBadge, STATE_LOOK, Tag } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { Icon, type IconName } from '../../ui/icon';
import { clearingPlace } from '../obligations/clearing-place';

const KIND_ICON = { DRILL: 'people', WAIVER: 'shield' } as const satisfies Partial<
  Record<CalendarEvent['kind'], IconName>
>;

/** The drawing of an event: that of its state where it has one. */
export const iconOf = ({ kind, state }: CalendarEvent): IconName =>
  kind === 'DRILL' || kind === 'WAIVER' ? KIND_ICON[kind] : STATE_LOOK[state as State].icon;

/** What an event is called, with the time at which a drill begins. */
export function useEventWords(): (event: CalendarEvent) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, title, startsAt }) => {
    if (kind === 'WAIVER') return t('calendar.waiverOf', { rule: title });
    return startsAt ? t('calendar.at', { title, time: format.instant(startsAt).slice(-5) }) : title;
  };
}

/** An event in the list of its day, with the link to where something can be done about it. */
export function EventLine({ event }: { event: CalendarEvent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useEventWords()(event);
  const { id, kind, state, system } = event;
  const look = 'text-link inline-flex min-h-6 items-center font-700';
  return (
    <li className="grid gap-1 py-3">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Icon name={iconOf(event)} className="size-5 shrink-0" />
        {kind === 'DRILL' ? (
          <Link to="/drills/$drillId" params={{ drillId: id }} className={look}>
            {words}
          </Link>
        ) : kind === 'IMPROVEMENT' ? (
          <Link to="/improvements/$itemId" params={{ itemId: id }} className={look}>
            {words}
          </Link>
        ) : system ? (
          <Link
            {...(kind === 'DUTY'
              ? clearingPlace({ obligationId: id, systemId: system.id })
              : { to: '/systems/$systemId', params: { systemId: system.id }, search: { tab: 'obligations' } })}
            className={look}
          >
            {words}
          </Link>
        ) : (
          <b>{words}</b>
        )}
        {kind === 'DRILL' ? (
          <Tag>{t(`drillStatus.${state as 'PLANNED'}`)}</Tag>
        ) : kind === 'WAIVER' ? (
          <Tag>{t('calendar.waiverEnds')}</Tag>
        ) : (
          <StateBadge state={state as State} />
        )}
      </span>
      {system && <span className="ps-8 text-[0.9375rem] text-soft">{format.name(system)}</span>}
    </li>
  );
}
