import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/types';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Notice } from '../../ui/feedback';

interface SecretDialogProps {
  channel: Channel;
  secret: string;
  onClose: () => void;
}

/** The secret that a webhook is signed with, this once. */
export function SecretDialog({ channel, secret, onClose }: SecretDialogProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Dialog title={t('channels.secretTitle', { name: channel.name })} onClose={onClose} mustAnswer>
      <Notice look="warning">{t('channels.secretText')}</Notice>
      <p className="my-4 rounded-8 border border-line p-3 break-all">
        <code>{secret}</code>
      </p>
      <p className="text-soft">{t('channels.verifyText')}</p>
      <p role="status" className="min-h-6 text-soft">
        {copied && t('channels.copied')}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        {window.isSecureContext && <Button onPress={() => void copy()}>{t('channels.copy')}</Button>}
        <Button look="primary" onPress={onClose}>
          {t('channels.kept')}
        </Button>
      </div>
    </Dialog>
  );
}
