import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass } from './button';
import { useFormat } from './format/format';

declare module '@tanstack/history' {
  interface HistoryState {
    /** Cursors of the pages walked through, so that there is a way back. */
    trail?: string[];
  }
}

interface PagerProps {
  cursor: string | undefined;
  nextCursor: string | null;
  shown: number;
  total?: number | undefined;
}

/** Moves through a cursor list; the cursor is in the address, the way back in the history entry. */
export function Pager({ cursor, nextCursor, shown, total }: PagerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const trail = useLocation({ select: (location) => location.state.trail }) ?? [];
  const before = trail.at(-1);
  const here = cursor ?? '';
  return (
    <nav aria-label={t('pager.label')} className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <p className="text-[0.9375rem] text-soft">
        {total === undefined
          ? t('pager.shown', { shown: format.number(shown) })
          : t('pager.shownOf', { shown: format.number(shown), total: format.number(total) })}
      </p>
      <div className="no-print flex flex-wrap gap-2">
        {cursor && (
          <Link
            to="."
            search={(old) => ({ ...old, cursor: before || undefined })}
            state={{ trail: trail.slice(0, -1) }}
            className={buttonClass()}
          >
            {trail.length > 0 ? t('pager.previous') : t('pager.first')}
          </Link>
        )}
        {nextCursor && (
          <Link
            to="."
            search={(old) => ({ ...old, cursor: nextCursor })}
            state={{ trail: [...trail, here] }}
            className={buttonClass()}
          >
            {t('pager.next')}
          </Link>
        )}
      </div>
    </nav>
  );
}
