import { createContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button, IconButton, type ButtonLook } from './button';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** An answer is required: Escape and a click beside do not close it. */
  mustAnswer?: boolean;
}

interface Leaving {
  /** A form in the dialog says how to ask whether it holds what is not saved. */
  guard: (isDirty: () => boolean) => void;
  /** Does it at once, or after asking when something would be lost. */
  leave: (action: () => void) => void;
}

/** How a form leaves the dialog that it is in; null outside of dialogs. */
export const LeavingDialog = createContext<Leaving | null>(null);

/** A modal dialog; it is shown as long as it is rendered. Before it closes over a form with unsaved changes it asks. */
export function Dialog({ title, onClose, children, mustAnswer = false }: DialogProps) {
  const { t } = useTranslation();
  const isDirty = useRef<() => boolean>(() => false);
  const [leaving, setLeaving] = useState<{ action: () => void } | null>(null);
  const way = useMemo<Leaving>(
    () => ({
      guard: (asked) => (isDirty.current = asked),
      leave: (action) => (isDirty.current() ? setLeaving({ action }) : action()),
    }),
    [],
  );
  const close = () => way.leave(onClose);
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && close()}
      isKeyboardDismissDisabled={mustAnswer}
      className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto bg-scrim p-2 sm:p-8"
    >
      <Modal className="w-full max-w-2xl rounded-12 border border-line bg-page text-ink shadow-2">
        <AriaDialog role={mustAnswer ? 'alertdialog' : 'dialog'} className="p-4 outline-none sm:p-6">
          <div className="mb-4 flex items-start justify-between gap-4">
            <Heading slot="title" className="text-[1.25rem] font-700">
              {title}
            </Heading>
            {!mustAnswer && <IconButton icon="close" label={t('action.close')} onPress={close} />}
          </div>
          <LeavingDialog value={way}>{children}</LeavingDialog>
          {leaving && <UnsavedQuestion onLeave={leaving.action} onStay={() => setLeaving(null)} />}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  confirm: string;
  look?: ButtonLook;
  cancel?: string;
  pending?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something that is hard to take back. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  look = 'danger',
  cancel,
  pending,
  onConfirm,
  onCancel,
}: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onCancel} mustAnswer>
      <div className="mb-6">{children}</div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onCancel}>{cancel ?? t('action.cancel')}</Button>
        <Button look={look} isPending={pending ?? false} onPress={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}

/** What is not saved is lost: asks whether to go all the same. */
export function UnsavedQuestion({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      title={t('unsaved.title')}
      confirm={t('unsaved.leave')}
      cancel={t('unsaved.stay')}
      onConfirm={onLeave}
      onCancel={onStay}
    >
      <p>{t('unsaved.text')}</p>
    </ConfirmDialog>
  );
}
