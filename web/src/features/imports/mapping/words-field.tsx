import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../api/types';
import { Notice } from '../../../ui/feedback';
import { SelectField, type Option } from '../../../ui/form/choice';
import { unmappedValues, valuesOf, type WordsDraft } from './mapping-draft';

interface WordsFieldProps {
  name: string;
  label: string;
  isRequired: boolean;
  words: WordsDraft;
  inspection: Inspection;
  options: Option<string>[];
  onChange: (words: WordsDraft) => void;
}

/** A column of words, each of which is given its meaning by hand; nothing is assumed for a word without one. */
export function WordsField({ name, label, isRequired, words, inspection, options, onChange }: WordsFieldProps) {
  const { t } = useTranslation();
  const known = valuesOf(words.column, inspection);
  const open = unmappedValues(words, inspection);
  return (
    <fieldset className="card grid min-w-0 content-start gap-4">
      <legend className="px-1 font-700">{label}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name={`${name}-column`}
          label={t('imports.columnOf', { label })}
          isRequired={isRequired && !words.constant}
          empty={t('imports.noColumn')}
          value={words.column}
          onChange={(column) => onChange({ ...words, column })}
          options={inspection.columns.map((value) => ({ value, label: value }))}
        />
        {!words.column && (
          <SelectField
            name={`${name}-constant`}
            label={t('imports.constantOf', { label })}
            isRequired={isRequired}
            empty={isRequired ? t('form.choose') : t('form.notSet')}
            value={words.constant}
            onChange={(constant) => onChange({ ...words, constant })}
            options={options}
          />
        )}
      </div>
      {words.column && known && (
        <ul className="grid content-start gap-2">
          {known.map(({ value, count }) => (
            <li key={value}>
              <SelectField
                name={`${name}-value-${value}`}
                label={t('imports.valueMeans', { value: value || t('imports.blankValue'), count })}
                empty={t('imports.notMapped')}
                error={words.values[value] ? undefined : t('imports.mustMap')}
                value={words.values[value] ?? ''}
                onChange={(meaning) => onChange({ ...words, values: { ...words.values, [value]: meaning } })}
                options={options}
              />
            </li>
          ))}
        </ul>
      )}
      {words.column && !known && <Notice look="warning">{t('imports.tooManyValues')}</Notice>}
      {open.length > 0 && <p className="text-error">{t('imports.openValues', { count: open.length })}</p>}
    </fieldset>
  );
}
