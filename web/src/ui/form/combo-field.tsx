import { useTranslation } from 'react-i18next';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { SearchField } from 'react-aria-components/SearchField';
import { Select, SelectValue } from 'react-aria-components/Select';
import { Icon } from '../icon';
import { ErrorText, fieldId, LABEL, RequiredMark, type FieldProps } from './field';

export interface ComboItem {
  id: string;
  label: string;
  hint?: string;
}

interface ComboFieldProps extends FieldProps<string> {
  /** Absent as long as they are on their way. */
  items: ComboItem[] | undefined;
  /** The words of "nothing chosen". */
  placeholder?: string;
  quiet?: boolean;
}

// A list knows no empty key.
const NOTHING = '-';

/** A choice from a long list, narrowed by typing; its value is the item's id, or empty. */
export function ComboField(props: ComboFieldProps) {
  const { name, label, value, onChange, error, isRequired, hint, items, placeholder, quiet } = props;
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: 'base' });
  const nothing: ComboItem = { id: NOTHING, label: placeholder ?? t(isRequired ? 'form.choose' : 'form.nothing') };
  return (
    <Select
      id={fieldId(name)}
      value={value || NOTHING}
      onChange={(key) => onChange(key === null || key === NOTHING ? '' : String(key))}
      isRequired={isRequired ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      allowsEmptyCollection
      className="block min-w-0"
    >
      <Label className={quiet ? 'mb-1 block text-[0.875rem] text-soft' : LABEL}>
        {label}
        {isRequired && <RequiredMark />}
      </Label>
      {hint && (
        <Text slot="description" className="mb-1 block text-[0.875rem] text-soft">
          {hint}
        </Text>
      )}
      <Button
        className={`control flex cursor-pointer items-center justify-between gap-2 text-start ${error ? 'border-2 border-error' : ''}`}
      >
        <SelectValue className="min-w-0 truncate">
          {() => items?.find(({ id }) => id === value)?.label ?? <span className="text-soft">{nothing.label}</span>}
        </SelectValue>
        <Icon name="down" />
      </Button>
      <FieldError>{error && <ErrorText>{error}</ErrorText>}</FieldError>
      <Popover className="flex max-h-96 w-(--trigger-width) min-w-64 flex-col rounded-8 border border-line bg-raised text-ink shadow-2">
        <Autocomplete filter={contains}>
          <SearchField aria-label={t('form.narrow', { label })} autoFocus className="p-2">
            <Input className="control" />
          </SearchField>
          <ListBox
            items={isRequired ? (items ?? []) : [nothing, ...(items ?? [])]}
            renderEmptyState={() => (
              <p className="px-3 py-2 text-soft">{t(items ? 'form.noneFound' : 'status.loading')}</p>
            )}
            className="overflow-y-auto p-1 outline-none"
          >
            {(item: ComboItem) => (
              <ListBoxItem
                textValue={item.label}
                className="flex min-h-11 cursor-pointer flex-col justify-center rounded-6 px-3 py-1 outline-none data-[focused]:bg-tint data-[selected]:font-700"
              >
                {item.label}
                {item.hint && <span className="text-[0.8125rem] font-400 text-soft">{item.hint}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </Popover>
    </Select>
  );
}
