import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refused } from './send-files';

const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.txt,.log,.csv,.json,.xlsx';

interface FilesFieldProps {
  isDisabled?: boolean;
  /** The input, since what was chosen may have to be forgotten. */
  onChoose: (files: File[], input: HTMLInputElement) => void;
}

/** Chooses the files that are to be kept beside a restore test. */
export function FilesField({ isDisabled = false, onChoose }: FilesFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="font-700">
        {t('attachments.add')}
      </label>
      <p id={`${id}-hint`} className="text-soft">
        {t('attachments.hint')}
      </p>
      <input
        id={id}
        type="file"
        multiple
        accept={ACCEPTED}
        aria-describedby={`${id}-hint`}
        disabled={isDisabled}
        onChange={({ target }) => onChoose([...(target.files ?? [])], target)}
        className="control h-auto border-dashed p-4 file:me-4 file:min-h-11 file:cursor-pointer file:rounded-8 file:border file:border-primary file:bg-page file:px-4 file:font-700 file:text-primary"
      />
    </div>
  );
}

/** Which files were not kept, each with its reason. */
export function RefusedFiles({ refused }: { refused: readonly Refused[] }) {
  const { t } = useTranslation();
  if (refused.length === 0) return null;
  return (
    <div role="alert">
      <ul className="grid gap-1 font-700 text-error">
        {refused.map(({ fileName, message }) => (
          <li key={fileName}>{t('attachments.refused', { fileName, message })}</li>
        ))}
      </ul>
    </div>
  );
}
