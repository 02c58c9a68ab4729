import { useTranslation } from 'react-i18next';
import type { BackupCopy } from '../../../api/types';
import { Button } from '../../../ui/button';
import { CheckField } from '../../../ui/form/choice';
import { fieldId, TextField } from '../../../ui/form/field';
import { emptyCopy } from './backup-draft';

const COPY_TEXTS = ['site', 'medium', 'account'] as const;
const PROTECTIONS = ['offsite', 'offline', 'immutable', 'encrypted'] as const;

/** The labels of the copies' fields, for the summary of errors. */
export function useCopyLabels(copies: BackupCopy[]): Record<string, string> {
  const { t } = useTranslation();
  return Object.fromEntries(
    copies.flatMap((_, index) =>
      COPY_TEXTS.map((field) => [
        `copies.${index}.${field}`,
        t('backups.copyField', { number: index + 1, field: t(`backups.copy.${field}`) }),
      ]),
    ),
  );
}

/** The labels of the fields of whichever copy. */
export function useCopyFieldLabels(): Record<string, string> {
  const { t } = useTranslation();
  return Object.fromEntries([
    ...COPY_TEXTS.map((field) => [`copies.${field}`, t(`backups.copy.${field}`)]),
    ...PROTECTIONS.map((name) => [`copies.${name}`, t(`backups.protection.${name}`)]),
  ]) as Record<string, string>;
}

interface CopiesFieldsProps {
  copies: BackupCopy[];
  onChange: (copies: BackupCopy[]) => void;
  errorOf: (name: string) => string | undefined;
}

/** In which copies it is kept, where, on what, and how each is protected. */
export function CopiesFields({ copies, onChange, errorOf }: CopiesFieldsProps) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<BackupCopy>) =>
    onChange(copies.map((copy, at) => (at === index ? { ...copy, ...part } : copy)));
  const removeAt = (index: number) => {
    onChange(copies.filter((_, at) => at !== index));
    // The button that had the focus goes: it goes on with the copy before.
    document.getElementById(fieldId(`copies.${Math.max(index - 1, 0)}.site`))?.focus();
  };
  return (
    <section className="grid gap-4">
      <h2>{t('backupFields.copies')}</h2>
      {copies.map((copy, index) => (
        <fieldset key={index} className="card grid min-w-0 gap-3 sm:grid-cols-2">
          <legend className="px-1 font-700">{t('backups.copyNumber', { number: index + 1 })}</legend>
          {COPY_TEXTS.map((field) => (
            <TextField
              key={field}
              name={`copies.${index}.${field}`}
              label={t(`backups.copy.${field}`)}
              isRequired={field !== 'account'}
              value={copy[field] ?? ''}
              error={errorOf(`copies.${index}.${field}`)}
              onChange={(value) => change(index, { [field]: field === 'account' ? value || null : value })}
            />
          ))}
          <div className="flex flex-wrap gap-x-5 sm:col-span-2">
            {PROTECTIONS.map((name) => (
              <CheckField key={name} value={copy[name]} onChange={(on) => change(index, { [name]: on })}>
                {t(`backups.protection.${name}`)}
              </CheckField>
            ))}
          </div>
          {copies.length > 1 && (
            <div className="sm:col-span-2">
              <Button look="danger" onPress={() => removeAt(index)}>
                {t('backups.removeCopy', { number: index + 1 })}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div>
        <Button icon="plus" onPress={() => onChange([...copies, emptyCopy()])}>
          {t('backups.addCopy')}
        </Button>
      </div>
    </section>
  );
}
