import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { Icon } from '../icon';

export interface FieldProps<T> {
  name: string;
  label: string;
  value: T;
  onChange: (value: T) => void;
  error?: string | undefined;
  isRequired?: boolean | undefined;
  hint?: ReactNode;
}

/** The id a control of that name has, for the links of the error summary. */
export const fieldId = (name: string) => `field-${name}`;

export function RequiredMark() {
  const { t } = useTranslation();
  return <span className="ms-2 text-[0.875rem] font-400 whitespace-nowrap text-error">{t('form.required')}</span>;
}

export const LABEL = 'mb-1 block font-700';
/** Of a filter. */
export const QUIET_LABEL = 'mb-1 block text-[0.875rem] text-soft';

export function ErrorText({ children }: { children: ReactNode }) {
  return (
    <span className="mt-1 flex items-start gap-1 text-[0.9375rem] text-error">
      <Icon name="alert" className="mt-0.5 size-4" />
      {children}
    </span>
  );
}

interface TextFieldProps extends FieldProps<string> {
  type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'tel' | 'number' | 'date' | 'month' | 'datetime-local';
  rows?: number;
  autoComplete?: string;
  max?: string;
  onBlur?: () => void;
  inputMode?: 'numeric' | 'text';
  quiet?: boolean;
  /** Offered while typing; any other text may be written all the same. */
  suggestions?: { value: string; label: string }[];
}

/** One line of text, or several when `rows` is given. */
export function TextField({
  name,
  label,
  value,
  onChange,
  error,
  isRequired,
  hint,
  rows,
  quiet,
  suggestions,
  ...input
}: TextFieldProps) {
  return (
    <AriaTextField
      id={fieldId(name)}
      name={name}
      value={value}
      onChange={onChange}
      isRequired={isRequired ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className="block"
    >
      <Label className={quiet ? QUIET_LABEL : LABEL}>
        {label}
        {isRequired && <RequiredMark />}
      </Label>
      {hint && (
        <Text slot="description" className="mb-1 block text-[0.875rem] text-soft">
          {hint}
        </Text>
      )}
      {rows ? (
        <TextArea rows={rows} className="control" />
      ) : (
        <Input {...input} {...(suggestions && { list: `${fieldId(name)}-list` })} className="control" />
      )}
      {suggestions && (
        <datalist id={`${fieldId(name)}-list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion.value} {...suggestion} />
          ))}
        </datalist>
      )}
      <FieldError>{error && <ErrorText>{error}</ErrorText>}</FieldError>
    </AriaTextField>
  );
}
