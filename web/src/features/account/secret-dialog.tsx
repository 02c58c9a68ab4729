import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IssuedApiToken } from '../../api/types';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Notice } from '../../ui/feedback';

/** The secret of a token, this once. Only a button closes it, so that it is not lost by a click beside. */
export function SecretDialog({ token: { name, secret }, onClose }: { token: IssuedApiToken; onClose: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Dialog title={t('tokens.secretTitle', { name })} onClose={onClose} mustAnswer>
      <Notice look="warning">{t('tokens.secretText')}</Notice>
      <p className="my-4 rounded-8 border border-line p-3 break-all">
        <code>{secret}</code>
      </p>
      <p role="status" className="mb-4 min-h-6 text-soft">
        {copied && t('tokens.copied')}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        {/* Browsers give no clipboard to pages without TLS; the text can be selected. */}
        {window.isSecureContext && <Button onPress={() => void copy()}>{t('tokens.copy')}</Button>}
        <Button look="primary" onPress={onClose}>
          {t('tokens.secretKept')}
        </Button>
      </div>
    </Dialog>
  );
}
