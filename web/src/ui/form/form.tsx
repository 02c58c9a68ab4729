import { useContext, useEffect, type FormEvent, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from '@tanstack/react-router';
import { Dialog, LeavingDialog, UnsavedQuestion } from '../dialog';
import { Button } from '../button';
import { Icon } from '../icon';
import { fieldId } from './field';
import type { FormError } from './use-form';

interface FormProps {
  summaryRef: Ref<HTMLDivElement>;
  errors: FormError[];
  labels: Record<string, string>;
  onSubmit: (event: FormEvent) => void;
  submit: string;
  pending: boolean;
  /** Whether something is written that is not saved; a dialog asks before it closes over it, or is left with its page. */
  isDirty?: () => boolean;
  onCancel?: () => void;
  children: ReactNode;
}

/** A group of controls is focused at its first one. */
function focusField(name: string) {
  const field = document.getElementById(fieldId(name));
  const control = 'input, select, textarea, button';
  (field?.matches(control) ? field : field?.querySelector<HTMLElement>(control))?.focus();
}

/** A form with the list of its errors on top, each leading to its field. */
export function Form({
  summaryRef,
  errors,
  labels,
  onSubmit,
  submit,
  pending,
  isDirty,
  onCancel,
  children,
}: FormProps) {
  const { t } = useTranslation();
  const dialog = useContext(LeavingDialog);
  useEffect(() => {
    if (isDirty) dialog?.guard(isDirty);
  }, [dialog, isDirty]);
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-6">
      {dialog && isDirty && <UnsavedGuard isDirty={isDirty} />}
      {errors.length > 0 && (
        <div ref={summaryRef} tabIndex={-1} role="alert" className="rounded-8 border-2 border-error p-4">
          <p className="flex items-center gap-2 font-700 text-error">
            <Icon name="alert" />
            {errors.some(({ field }) => field) ? t('form.errors', { count: errors.length }) : t('form.refused')}
          </p>
          <ul className="mt-2 grid gap-1 ps-7">
            {errors.map(({ field, message }) => (
              <li key={`${field}:${message}`}>
                {field && labels[field] ? (
                  <a
                    href={`#${fieldId(field)}`}
                    className="text-link inline-flex min-h-6 items-center"
                    onClick={(event) => {
                      event.preventDefault();
                      focusField(field);
                    }}
                  >
                    {t('form.errorOf', { label: labels[field], message })}
                  </a>
                ) : (
                  <span>{field ? t('form.errorOf', { label: field, message }) : message}</span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {children}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" isPending={pending}>
          {pending ? t('status.saving') : submit}
        </Button>
        {onCancel && (
          <Button onPress={() => (dialog ? dialog.leave(onCancel) : onCancel())}>{t('action.cancel')}</Button>
        )}
      </div>
    </form>
  );
}

/** Asks before a page with unsaved changes is left, inside the pages and by closing the window. */
export function UnsavedGuard({ isDirty }: { isDirty: () => boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty() && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return <UnsavedQuestion onLeave={blocker.proceed} onStay={blocker.reset} />;
}

/** Somebody else saved first: read theirs, or write mine over it. */
export function StaleDialog({
  onReload,
  onOverwrite,
  onCompare,
  onCancel,
}: {
  onReload: () => void;
  onOverwrite: () => void;
  /** Shows both side by side. */
  onCompare: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('stale.title')} onClose={onCancel}>
      <p className="mb-6">{t('stale.text')}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="danger" onPress={onOverwrite}>
          {t('stale.overwrite')}
        </Button>
        <Button onPress={onCompare}>{t('stale.merge')}</Button>
        <Button look="primary" onPress={onReload}>
          {t('stale.reload')}
        </Button>
      </div>
    </Dialog>
  );
}
