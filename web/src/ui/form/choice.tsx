import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from 'react-aria-components/Checkbox';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Icon } from '../icon';
import { ErrorText, fieldId, LABEL, RequiredMark, type FieldProps } from './field';

export interface Option<V extends string> {
  value: V;
  label: string;
}

interface SelectFieldProps<V extends string> extends FieldProps<V | ''> {
  options: readonly Option<V>[];
  /** The words of "nothing chosen"; `null` when something is always chosen. */
  empty?: string | null;
  quiet?: boolean;
}

/** A choice from a short list. The browser's own control: it works everywhere and with every aid. */
export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  const { name, label, value, onChange, error, isRequired, hint, options, empty, quiet } = props;
  const { t } = useTranslation();
  const id = fieldId(name);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div>
      <label htmlFor={id} className={quiet ? 'mb-1 block text-[0.875rem] text-soft' : LABEL}>
        {label}
        {isRequired && <RequiredMark />}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-1 text-[0.875rem] text-soft">
          {hint}
        </p>
      )}
      <div className="relative">
        <select
          id={id}
          name={name}
          value={value}
          onChange={(event) => onChange(event.target.value as V | '')}
          aria-required={isRequired}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={described}
          className="control appearance-none pe-9"
        >
          {empty !== null && <option value="">{empty ?? t('form.choose')}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" className="pointer-events-none absolute end-2.5 top-1/2 size-5 -translate-y-1/2" />
      </div>
      {error && (
        <div id={`${id}-error`}>
          <ErrorText>{error}</ErrorText>
        </div>
      )}
    </div>
  );
}

/** A choice of few, all in sight. */
export function RadioField<V extends string>(props: FieldProps<V | ''> & { options: readonly Option<V>[] }) {
  const { name, label, value, onChange, error, isRequired, options } = props;
  return (
    <RadioGroup
      id={fieldId(name)}
      name={name}
      // Of a group whose value is text, only the choice with that text is reached by Tab: with '' there is none.
      value={value || null}
      onChange={(chosen) => onChange(chosen as V)}
      isRequired={isRequired ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={LABEL}>
        {label}
        {isRequired && <RequiredMark />}
      </Label>
      <div className="flex flex-wrap gap-x-5">
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            className="group inline-flex min-h-11 cursor-pointer items-center gap-2"
          >
            <span className="inline-flex size-6 shrink-0 items-center justify-center rounded-full border-2 border-edge group-data-[focus-visible]:outline-3 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-ink group-data-[selected]:border-primary">
              <span className="size-3 rounded-full group-data-[selected]:bg-primary" />
            </span>
            {option.label}
          </Radio>
        ))}
      </div>
      <FieldError>{error && <ErrorText>{error}</ErrorText>}</FieldError>
    </RadioGroup>
  );
}

interface CheckFieldProps {
  name?: string;
  value: boolean;
  onChange: (value: boolean) => void;
  children: ReactNode;
}

export function CheckField({ name, value, onChange, children }: CheckFieldProps) {
  return (
    <Checkbox
      id={name && fieldId(name)}
      isSelected={value}
      onChange={onChange}
      className="group inline-flex min-h-11 cursor-pointer items-center gap-2"
    >
      <span className="inline-flex size-6 shrink-0 items-center justify-center rounded-4 border-2 border-edge text-on-primary group-data-[focus-visible]:outline-3 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-ink group-data-[selected]:border-primary group-data-[selected]:bg-primary">
        {value && <Icon name="check" className="size-5" />}
      </span>
      {children}
    </Checkbox>
  );
}
