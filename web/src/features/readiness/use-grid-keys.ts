import { useState, type KeyboardEvent } from 'react';

interface Place {
  row: number;
  column: number;
}

const PAGE = 10;

function moved({ row, column }: Place, event: KeyboardEvent, rows: number, columns: number): Place | null {
  const far = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'PageUp':
      return { row: row - PAGE, column };
    case 'PageDown':
      return { row: row + PAGE, column };
    case 'Home':
      return { row: far ? 0 : row, column: 0 };
    case 'End':
      return { row: far ? rows - 1 : row, column: columns - 1 };
    default:
      return null;
  }
}

const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);

/**
 * The keyboard of a grid (WAI-ARIA grid pattern): one cell is in the tab order, the arrows, Home, End, Page Up and Page Down
 * move it. Cells carry `data-place="row:column"`.
 */
export function useGridKeys(rows: number, columns: number) {
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const inReach = { row: within(place.row, rows), column: within(place.column, columns) };
  return {
    onKeyDown: (event: KeyboardEvent<HTMLTableElement>) => {
      const target = moved(inReach, event, rows, columns);
      if (!target) return;
      event.preventDefault();
      const next = { row: within(target.row, rows), column: within(target.column, columns) };
      setPlace(next);
      event.currentTarget.querySelector<HTMLElement>(`[data-place="${next.row}:${next.column}"]`)?.focus();
    },
    cell: (row: number, column: number) => ({
      'data-place': `${row}:${column}`,
      tabIndex: row === inReach.row && column === inReach.column ? 0 : -1,
      onFocus: () => setPlace({ row, column }),
    }),
  };
}
