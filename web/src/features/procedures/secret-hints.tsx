import { useTranslation } from 'react-i18next';
import type { SecretHint } from '../../api/types';
import { Notice } from '../../ui/feedback';

/** Warns of what looks like a key or a password, by place and line; the words themselves are not repeated. */
export function SecretHints({ hints }: { hints: SecretHint[] }) {
  const { t } = useTranslation();
  if (hints.length === 0) return null;
  const place = (field: string) => {
    const [, part, index] = /^(steps|contacts)\[(\d+)\]/.exec(field) ?? [];
    if (part)
      return t(part === 'steps' ? 'procedures.stepNumber' : 'procedures.contactNumber', { number: Number(index) + 1 });
    return t(field === 'launchCriteria' || field === 'launchedBy' ? `procedures.${field}` : 'procedures.text');
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
