import { linkOptions } from '@tanstack/react-router';
import type { Obligation } from '../../api/types';

/**
 * The one click from wherever a duty of a system is shown: the system with the dialog that clears the duty (`WAYS` in clear-obligation.tsx).
 * Mails, inbox and calendars say the same by `dutyPath` of the service.
 */
export function clearingPlace(duty: { obligationId: string; systemId: string }) {
  const search = { tab: 'obligations', act: duty.obligationId };
  return linkOptions({ to: '/systems/$systemId', params: { systemId: duty.systemId }, search });
}

/** The same for what may be an improvement item, which has a page of its own; null for what is neither of a system nor an item. */
export function placeOf({ id, system, improvementItem }: Pick<Obligation, 'id' | 'system' | 'improvementItem'>) {
  if (improvementItem) return linkOptions({ to: '/improvements/$itemId', params: { itemId: improvementItem.id } });
  return system && clearingPlace({ obligationId: id, systemId: system.id });
}
