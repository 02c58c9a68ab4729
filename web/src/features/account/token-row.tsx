import { useTranslation } from 'react-i18next';
import type { ApiToken } from '../../api/types';
import { Button } from '../../ui/button';
import { useFormat } from '../../ui/format/format';

interface TokenRowProps {
  token: ApiToken;
  /** Absent where the token is somebody else's. */
  onRotate?: () => void;
  onRevoke: () => void;
}

/** One API token: what it is called, until when it is valid, when it was used, and how it ends. */
export function TokenRow({ token, onRotate, onRevoke }: TokenRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, hint, expiresAt, lastUsedAt, lastUsedAddress, previousUntil } = token;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-8 border border-line px-4 py-2">
      <div className="min-w-0">
        <p className="font-700 break-words">{name}</p>
        <p className="text-[0.875rem] text-soft">
          <code>{hint}…</code> {t('tokens.expires', { at: format.instant(expiresAt) })}
        </p>
        <p className="text-[0.875rem] text-soft">
          {lastUsedAt
            ? t('tokens.used', { at: format.instant(lastUsedAt), address: lastUsedAddress ?? '—' })
            : t('tokens.unused')}
        </p>
        {previousUntil && (
          <p className="text-[0.875rem] text-soft">{t('tokens.previous', { until: format.instant(previousUntil) })}</p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {onRotate && (
          <Button onPress={onRotate} aria-label={t('tokens.rotateOf', { name })}>
            {t('tokens.rotate')}
          </Button>
        )}
        <Button look="danger" onPress={onRevoke} aria-label={t('tokens.revokeOf', { name })}>
          {t('tokens.revoke')}
        </Button>
      </div>
    </li>
  );
}
