import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { BegunTotp, FirstFactor } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { QrCode } from './qr-code';
import type { Confirmed } from './use-confirmed';

interface TotpProps {
  begun: BegunTotp;
  confirmed: Confirmed;
  onSaved: (recoveryCodes: string[] | null) => void;
  onClose: () => void;
}

/** Shows the secret to an app, as a picture and as letters, and takes the first code that the app makes of it. */
export function TotpDialog({ begun: { secret, uri }, confirmed, onSaved, onClose }: TotpProps) {
  const { t } = useTranslation();
  const form = useForm({
    initial: { code: '' },
    required: () => ['code'],
    save: ({ code }) => confirmed(() => api.post<FirstFactor>('/me/factors/totp/confirm', { code: code.trim() })),
    onSaved: ({ recoveryCodes }) => onSaved(recoveryCodes),
  });
  const labels = { code: t('factors.code') };
  return (
    <Dialog title={t('factors.totpTitle')} onClose={onClose}>
      <p className="mb-4">{t('factors.totpScan')}</p>
      <QrCode text={uri} label={t('factors.qrCode')} />
      <p className="mt-4 text-soft">{t('factors.totpType')}</p>
      <p className="mb-2 rounded-8 border border-line p-3 break-all">
        {/* In fours, as people read them aloud; apps leave the spaces out. */}
        <code>{secret.replace(/(.{4})(?!$)/g, '$1 ')}</code>
      </p>
      <p className="mb-6">
        <a href={uri} className="text-link inline-flex min-h-11 items-center">
          {t('factors.totpOpen')}
        </a>
      </p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('factors.totpSubmit')} onCancel={onClose}>
        <TextField
          {...form.bind('code')}
          label={labels.code}
          hint={t('factors.totpCodeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
      </Form>
    </Dialog>
  );
}
