import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/form/field';
import type { Month } from './months';

// Letters that are still being typed make years such as 0002.
const WHOLE = /^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])$/;

/** Goes to a month. Browsers without a field for months show one for text, as `2026-12`. */
export function MonthField({ month, onGo }: { month: Month; onGo: (month: Month) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const change = (text: string): void => {
    const isWhole = WHOLE.test(text);
    setTyped(isWhole ? null : text);
    if (isWhole) onGo(text);
  };
  return (
    <TextField
      quiet
      name="month"
      type="month"
      label={t('calendar.toMonth')}
      value={typed ?? month}
      onChange={change}
      onBlur={() => setTyped(null)}
    />
  );
}
