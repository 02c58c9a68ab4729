import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Notice } from '../../ui/feedback';
import { CheckField } from '../../ui/form/choice';
import { useFormat } from '../../ui/format/format';
import { now } from '../../ui/format/now';
import { useMe } from '../session/session';

/** Recovery codes, this once: copied, printed or saved. It closes only when the person says that they have them. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { user } = useMe();
  const [kept, setKept] = useState(false);
  const [copied, setCopied] = useState(false);
  const heading = t('factors.codesFor', { email: user.email, made: format.instant(now()) });
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  const download = () => {
    const text = [`${t('shell.product')} ${t('factors.codesTitle')}`, heading, '', ...codes, ''].join('\r\n');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    link.download = 'sonae-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Dialog title={t('factors.codesTitle')} onClose={onClose} mustAnswer>
      <div className="print-alone">
        <div className="no-print">
          <Notice look="warning">{t('factors.codesText')}</Notice>
        </div>
        <p className="mt-4 text-soft">{heading}</p>
        <ol className="my-4 grid grid-cols-1 gap-x-6 gap-y-1 rounded-8 border border-line p-4 sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <p className="text-soft">{t('factors.codesOnce')}</p>
      </div>
      <div className="my-4 flex flex-wrap gap-2">
        {/* Browsers give no clipboard to pages without TLS; the text can be selected. */}
        {window.isSecureContext && <Button onPress={() => void copy()}>{t('secret.copy')}</Button>}
        <Button icon="printer" onPress={() => window.print()}>
          {t('action.print')}
        </Button>
        <Button onPress={download}>{t('factors.codesDownload')}</Button>
      </div>
      <p role="status" className="min-h-6 text-soft no-print">
        {copied && t('secret.copied')}
      </p>
      <div className="no-print flex flex-wrap items-center justify-between gap-2">
        <CheckField name="kept" value={kept} onChange={setKept}>
          {t('factors.codesKept')}
        </CheckField>
        <Button look="primary" isDisabled={!kept} onPress={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </Dialog>
  );
}
