import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar';
import { isProblem } from '../api/problem';
import { Button } from './button';
import { Icon, type IconName } from './icon';

const LOOKS: Record<'info' | 'error' | 'success' | 'warning', { box: string; icon: IconName }> = {
  info: { box: 'border-primary bg-tint', icon: 'info' },
  error: { box: 'border-error bg-late text-on-late', icon: 'alert' },
  success: { box: 'border-on-met bg-met text-on-met', icon: 'check' },
  warning: { box: 'border-on-soon bg-soon text-on-soon', icon: 'alert' },
};

interface NoticeProps {
  look?: keyof typeof LOOKS;
  title?: string;
  children?: ReactNode;
}

/** A message that stays in the page. */
export function Notice({ look = 'info', title, children }: NoticeProps) {
  return (
    <div
      role={look === 'error' ? 'alert' : undefined}
      className={`flex gap-3 rounded-8 border-s-4 p-4 ${LOOKS[look].box}`}
    >
      <Icon name={LOOKS[look].icon} className="mt-0.5 size-5" />
      <div className="min-w-0">
        {title && <p className="font-700">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** An empty list: what belongs there, why, and the action that puts it there. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="rounded-12 border border-dashed border-edge px-5 py-8 text-center">
      <p className="mb-1 font-700">{title}</p>
      {children && <div className="mx-auto max-w-prose text-soft">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** A refusal of the service, with another try when there is one. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const unreachable = isProblem(error, 0);
  const text =
    error instanceof Error && error.message
      ? error.message
      : t(unreachable ? 'problem.unreachable' : 'problem.unknown');
  const requestId = isProblem(error) ? error.requestId : undefined;
  return (
    <Notice look="error" title={text}>
      {requestId && <p className="text-[0.875rem]">{t('problem.requestId', { requestId })}</p>}
      {onRetry && (
        <div className="mt-2">
          <Button onPress={onRetry}>{t('action.retry')}</Button>
        </div>
      )}
    </Notice>
  );
}

/** What is known of a query that is shown. */
export interface LoadedQuery<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface LoadedProps<T> {
  query: LoadedQuery<T>;
  children: (data: T) => ReactNode;
}

/** What a query brought, or that it is under way, or why it failed. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <p role="status" className="py-6 text-soft">
      {t('status.loading')}
    </p>
  );
}

/** `value` of `max`; without `max` the length of the work is not known yet. */
export function Progress({ label, value, max }: { label: string; value: number; max: number | null }) {
  return (
    <AriaProgressBar
      aria-label={label}
      value={value}
      maxValue={max ?? 100}
      isIndeterminate={max === null}
      className="block"
    >
      {({ percentage, valueText }) => (
        <>
          <div className="flex justify-between gap-4">
            <span>{label}</span>
            {max !== null && <span className="tabular-nums">{valueText}</span>}
          </div>
          <svg
            aria-hidden="true"
            viewBox="0 0 100 4"
            preserveAspectRatio="none"
            className="mt-1 h-3 w-full rounded-full bg-none"
          >
            <rect
              width={percentage ?? 100}
              height="4"
              className={percentage === undefined ? 'fill-line' : 'fill-primary'}
            />
          </svg>
        </>
      )}
    </AriaProgressBar>
  );
}
