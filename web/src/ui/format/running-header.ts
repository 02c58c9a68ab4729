import { useEffect } from 'react';

/** Puts a line on top of every sheet while the page is open; `print.css` has the place for it. */
export function useRunningHeader(line: string): void {
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--running-header', JSON.stringify(line));
    return () => void style.removeProperty('--running-header');
  }, [line]);
}
