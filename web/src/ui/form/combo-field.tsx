import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Icon } from '../icon';
import { ErrorText, fieldId, LABEL, RequiredMark, type FieldProps } from './field';

export interface ComboItem {
  id: string;
  label: string;
  hint?: string;
}

interface ComboFieldProps extends FieldProps<string> {
  items: ComboItem[];
  placeholder?: string;
  quiet?: boolean;
}

/** A choice from a long list, narrowed by typing; its value is the item's id, or empty. */
export function ComboField(props: ComboFieldProps) {
  const { name, label, value, onChange, error, isRequired, items, placeholder, quiet } = props;
  const { t } = useTranslation();
  return (
    <ComboBox
      defaultItems={items}
      // The text follows the choice only when it is drawn anew, so a late list draws it anew.
      key={items.some(({ id }) => id === value) ? 'found' : 'absent'}
      defaultSelectedKey={value || null}
      onSelectionChange={(key) => onChange(key === null ? '' : String(key))}
      onInputChange={(text) => text === '' && value !== '' && onChange('')}
      isRequired={isRequired ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      menuTrigger="focus"
      className="block"
      id={fieldId(name)}
    >
      <Label className={quiet ? 'mb-1 block text-[0.875rem] text-soft' : LABEL}>
        {label}
        {isRequired && <RequiredMark />}
      </Label>
      <div className="relative">
        <Input placeholder={placeholder ?? ''} className="control pe-11" />
        <Button aria-label={t('form.openList', { label })} className="absolute end-0 top-0 size-11 cursor-pointer">
          <Icon name="down" />
        </Button>
      </div>
      <FieldError>{error && <ErrorText>{error}</ErrorText>}</FieldError>
      <Popover className="max-h-80 w-(--trigger-width) overflow-y-auto rounded-8 border border-line bg-raised p-1 text-ink shadow-2">
        <ListBox className="outline-none">
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
      </Popover>
    </ComboBox>
  );
}
