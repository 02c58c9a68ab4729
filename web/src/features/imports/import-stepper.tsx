import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon';

const STEPS = ['upload', 'mapping', 'check', 'import'] as const;
export type ImportStep = (typeof STEPS)[number];

/** Where in the import the person is. */
export function ImportStepper({ current }: { current: ImportStep }) {
  const { t } = useTranslation();
  const at = STEPS.indexOf(current);
  return (
    <ol aria-label={t('imports.steps')} className="no-print mb-8 flex flex-wrap gap-2">
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className={`inline-flex min-h-11 items-center gap-2 rounded-full border px-4 ${
            step === current ? 'border-primary bg-tint font-700 text-primary' : 'border-line text-soft'
          }`}
        >
          {index < at ? <Icon name="check" className="size-4" /> : <span>{index + 1}.</span>}
          {t(`imports.step.${step}`)}
          {index < at && <span className="sr-only">{t('firstSteps.done')}</span>}
        </li>
      ))}
    </ol>
  );
}
