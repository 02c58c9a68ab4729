import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button';
import { Icon } from './icon';

interface Toast {
  id: number;
  text: string;
}

const STAYS_MS = 12_000;
let toasts: Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: Toast[]) {
  toasts = next;
  listeners.forEach((listener) => listener());
}

const remove = (id: number) => change(toasts.filter((toast) => toast.id !== id));

/** Says that something succeeded; problems are shown where they arose and stay. */
export function announce(text: string): void {
  const id = ++lastId;
  change([...toasts, { id, text }]);
  setTimeout(() => remove(id), STAYS_MS);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The live region; it is in the page from the start so that it is spoken. */
export function ToastRegion() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div
      role="status"
      className="no-print pointer-events-none fixed inset-x-2 bottom-2 z-60 flex flex-col items-center gap-2"
    >
      {shown.map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex max-w-xl items-center gap-2 rounded-8 border border-on-met bg-met py-1 ps-4 pe-1 text-on-met shadow-2"
        >
          <Icon name="check" />
          <span className="min-w-0">{toast.text}</span>
          <IconButton icon="close" label={t('action.close')} onPress={() => remove(toast.id)} />
        </div>
      ))}
    </div>
  );
}
