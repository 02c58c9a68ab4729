import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../ui/feedback';

interface UploadStepProps {
  pending: boolean;
  problem: unknown;
  onFile: (file: File) => void;
}

/** The register as a file; it can also be dropped on the field. */
export function UploadStep({ pending, problem, onFile }: UploadStepProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="grid max-w-2xl gap-4">
      <label htmlFor={id} className="font-700">
        {t('imports.file')}
      </label>
      <p id={`${id}-hint`} className="text-soft">
        {t('imports.fileHint')}
      </p>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx"
        aria-describedby={`${id}-hint`}
        disabled={pending}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
        }}
        className="control h-auto border-dashed p-6 file:me-4 file:min-h-11 file:cursor-pointer file:rounded-8 file:border file:border-primary file:bg-page file:px-4 file:font-700 file:text-primary"
      />
      {pending && (
        <p role="status" className="text-soft">
          {t('imports.reading')}
        </p>
      )}
      {problem ? <ProblemNotice error={problem} /> : null}
      <p className="text-[0.9375rem] text-soft">{t('imports.promise')}</p>
    </div>
  );
}
