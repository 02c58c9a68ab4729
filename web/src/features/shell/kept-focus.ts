import { useEffect, type RefObject } from 'react';

/**
 * A control that goes away with the step it took leaves the focus with nobody: keys go nowhere, and nothing is read
 * aloud. Then the page has it. Whoever places the focus itself comes first, such as a dialog that keeps it inside.
 */
export function useKeptFocus(page: RefObject<HTMLElement | null>) {
  useEffect(() => {
    let last: Element | null = null;
    let asked = 0;
    const seen = ({ target }: FocusEvent) => (last = target as Element);
    const restore = () => {
      if (document.activeElement !== document.body || !last || last.isConnected) return;
      last = null;
      page.current?.focus({ preventScroll: true });
    };
    // A dialog that has closed gives the focus back in the next frame.
    const observer = new MutationObserver(() => {
      if (!last || last.isConnected) return;
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => (asked = requestAnimationFrame(restore)));
    });
    document.addEventListener('focusin', seen);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', seen);
      observer.disconnect();
      cancelAnimationFrame(asked);
    };
  }, [page]);
}
