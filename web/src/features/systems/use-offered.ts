import { useRef } from 'react';
import type { Obligation } from '../../api/types';

/**
 * Holds the obligation a dialog was opened for until the address names another one, so that the dialog
 * stays while the very proof it sent takes the obligation out of the open ones.
 */
export function useOffered(offered: Obligation | undefined, act: string | undefined): Obligation | undefined {
  const held = useRef<Obligation | undefined>(undefined);
  if (held.current?.id !== act) held.current = undefined;
  held.current ??= offered;
  return held.current;
}
