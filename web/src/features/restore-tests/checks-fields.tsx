import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { type CheckDraft, EMPTY_CHECK, fails, isBlank } from './restore-test-draft';

const TEXTS = ['title', 'expected', 'observed'] as const;
const RESULTS = ['PASSED', 'FAILED'] as const;
const MOST = 50;

/** The labels of the fields of the checks, for the summary of errors. */
export function useCheckLabels(checks: readonly CheckDraft[]): Record<string, string> {
  const { t } = useTranslation();
  return Object.fromEntries(
    checks.flatMap((_, index) =>
      TEXTS.map((field) => [
        `checks.${index}.${field}`,
        t('restoreTest.checkField', { number: index + 1, field: t(`restoreTest.check.${field}`) }),
      ]),
    ),
  );
}

interface ChecksFieldsProps {
  checks: readonly CheckDraft[];
  onChange: (checks: CheckDraft[], part: string) => void;
  errorOf: (name: string) => string | undefined;
}

/** What was looked at after the restore: what was expected, and what was there. */
export function ChecksFields({ checks, onChange, errorOf }: ChecksFieldsProps) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<CheckDraft>, name: string) =>
    onChange(
      checks.map((check, at) => (at === index ? { ...check, ...part } : check)),
      `checks.${index}.${name}`,
    );
  return (
    <section className="grid gap-4">
      <div>
        <h2>{t('restoreTest.checks')}</h2>
        <p className="text-soft">{t('restoreTest.checksHint')}</p>
      </div>
      {checks.map((check, index) => (
        <fieldset key={index} className="card grid min-w-0 gap-3 sm:grid-cols-2">
          <legend className="px-1 font-700">{t('restoreTest.checkNumber', { number: index + 1 })}</legend>
          {TEXTS.map((field) => (
            <div key={field} className={field === 'title' ? 'sm:col-span-2' : undefined}>
              <TextField
                name={`checks.${index}.${field}`}
                label={t(`restoreTest.check.${field}`)}
                isRequired={!isBlank(check)}
                value={check[field]}
                error={errorOf(`checks.${index}.${field}`)}
                onChange={(value) => change(index, { [field]: value }, field)}
              />
            </div>
          ))}
          <SelectField
            name={`checks.${index}.passed`}
            label={t('restoreTest.check.passed')}
            value={check.passed}
            empty={t('restoreTest.byValues')}
            options={RESULTS.map((value) => ({ value, label: t(`domain:outcome.${value}`) }))}
            onChange={(passed) => change(index, { passed }, 'passed')}
          />
          {fails(check) && (
            <p role="status" className="self-end text-error">
              {t('restoreTest.makesFailure')}
            </p>
          )}
          <div className="sm:col-span-2">
            <Button
              look="danger"
              onPress={() =>
                onChange(
                  checks.filter((_, at) => at !== index),
                  'checks',
                )
              }
            >
              {t('restoreTest.removeCheck', { number: index + 1 })}
            </Button>
          </div>
        </fieldset>
      ))}
      {checks.length < MOST && (
        <div>
          <Button icon="plus" onPress={() => onChange([...checks, EMPTY_CHECK], 'added')}>
            {t('restoreTest.addCheck')}
          </Button>
        </div>
      )}
    </section>
  );
}
