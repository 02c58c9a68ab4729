import { useTranslation } from 'react-i18next';
import type { SecretHint } from '../../api/types';
import { Notice } from '../../ui/feedback';

/** Warns of what looks like a key or a password, by place and line; the words themselves are not repeated. */
export function SecretHints({ hints }: { hints: SecretHint[] }) {
  const { t } = useTranslation();
  if (hints.length === 0) return null;
  const place = (field: string) => {
    const step = /^steps\[(\d+)\]/.exec(field)?.[1];
    return step === undefined ? t('procedures.text') : t('procedures.stepNumber', { number: Number(step) + 1 });
  };
  return (
    <div className="mb-4">
      <Notice look="warning" title={t('procedures.secretsTitle')}>
        <p>{t('procedures.secretsText')}</p>
        <ul className="list-disc ps-5">
          {hints.slice(0, 10).map(({ kind, field, line }) => (
            <li key={`${field}-${line}`}>
              {t('procedures.secretAt', { kind: t(`procedures.secretKind.${kind}`), place: place(field), line })}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
