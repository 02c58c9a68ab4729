import { useState, type ReactNode } from 'react';
import { isProblem } from '../../api/problem';
import { ConfirmationDialog } from './confirmation-dialog';

interface Waiting {
  goOn: () => void;
  giveUp: () => void;
}

/** Does `act`; where the service first wants to know again who that is, asks for it and does it once more. */
export type Confirmed = <T>(act: () => Promise<T>) => Promise<T>;

/** `dialog` is to be rendered beside what calls `confirmed`. */
export function useConfirmed(): { confirmed: Confirmed; dialog: ReactNode } {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const confirmed: Confirmed = async (act) => {
    try {
      return await act();
    } catch (error) {
      if (!isProblem(error, 403) || error.code !== 'CONFIRMATION_NEEDED') throw error;
      await new Promise<void>((resolve, reject) => setWaiting({ goOn: resolve, giveUp: () => reject(error) }));
      return act();
    }
  };
  const end = (how: () => void) => () => {
    setWaiting(null);
    how();
  };
  const dialog = waiting && <ConfirmationDialog onConfirmed={end(waiting.goOn)} onClose={end(waiting.giveUp)} />;
  return { confirmed, dialog };
}
