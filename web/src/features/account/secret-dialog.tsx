import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Notice } from '../../ui/feedback';

interface SecretDialogProps {
  title: string;
  /** Where it is to be kept. */
  text: string;
  secret: string;
  onClose: () => void;
  /** What else there is to know of it. */
  children?: ReactNode;
}

/** A secret, this once. Only a button closes it, so that it is not lost by a click beside. */
export function SecretDialog({ title, text, secret, onClose, children }: SecretDialogProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Dialog title={title} onClose={onClose} mustAnswer>
      <Notice look="warning">{text}</Notice>
      <p className="my-4 rounded-8 border border-line p-3 break-all">
        <code>{secret}</code>
      </p>
      {children}
      <p role="status" className="mb-4 min-h-6 text-soft">
        {copied && t('secret.copied')}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        {/* Browsers give no clipboard to pages without TLS; the text can be selected. */}
        {window.isSecureContext && <Button onPress={() => void copy()}>{t('secret.copy')}</Button>}
        <Button look="primary" onPress={onClose}>
          {t('secret.kept')}
        </Button>
      </div>
    </Dialog>
  );
}
