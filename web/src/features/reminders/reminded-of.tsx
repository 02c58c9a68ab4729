import { Link } from '@tanstack/react-router';
import type { Reminder } from '../../api/types';
import { useFormat } from '../../ui/format/format';
import { RemindedDrill } from './reminded-drill';

/** What a reminder was about, with the way to the duties of the system or to the item; the duty itself may be gone. */
export function RemindedOf({ obligation }: { obligation: Reminder['obligation'] }) {
  const format = useFormat();
  const { systemId, systemName, systemNameEn, improvementItemId, ruleTitle, drill } = obligation;
  const link = 'text-link inline-flex min-h-6 items-center font-700';
  if (systemId)
    return (
      <>
        <Link to="/systems/$systemId" params={{ systemId }} search={{ tab: 'obligations' }} className={link}>
          {format.name({ name: systemName ?? '—', nameEn: systemNameEn })}
        </Link>
        <span className="block">{ruleTitle}</span>
        {drill && <RemindedDrill drill={drill} />}
      </>
    );
  if (improvementItemId)
    return (
      <Link to="/improvements/$itemId" params={{ itemId: improvementItemId }} className={link}>
        {ruleTitle}
      </Link>
    );
  return <span className="font-700">{ruleTitle}</span>;
}
