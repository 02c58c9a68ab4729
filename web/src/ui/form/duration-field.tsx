import { useTranslation } from 'react-i18next';
import { DURATION_UNITS, readDuration, writeDuration, type DurationUnit } from '../format/duration';
import { Icon } from '../icon';
import { ErrorText, fieldId, LABEL, RequiredMark, type FieldProps } from './field';

interface DurationFieldProps extends FieldProps<string> {
  units?: readonly DurationUnit[];
}

/** A length of time as a number and a unit; its value is the ISO 8601 duration, or empty. */
export function DurationField(props: DurationFieldProps) {
  const { name, label, value, onChange, error, isRequired, hint, units = DURATION_UNITS } = props;
  const { t } = useTranslation();
  const id = fieldId(name);
  // `unit:hours` keeps the chosen unit while no amount is written yet.
  const waiting = value.startsWith('unit:') ? (value.slice(5) as DurationUnit) : null;
  const duration = waiting ? null : readDuration(value);
  const unit = waiting ?? duration?.unit ?? units[0] ?? 'hours';
  const write = (amount: string, next: DurationUnit) =>
    onChange(amount === '' ? `unit:${next}` : writeDuration({ amount: Number(amount), unit: next }));
  return (
    <fieldset className="min-w-0">
      <legend className={LABEL}>
        {label}
        {isRequired && <RequiredMark />}
      </legend>
      {hint && <p className="mb-1 text-[0.875rem] text-soft">{hint}</p>}
      <div className="flex gap-2">
        <input
          id={id}
          type="number"
          min={1}
          step={1}
          aria-label={t('duration.amountOf', { label })}
          aria-required={isRequired}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          value={duration?.amount ?? ''}
          onChange={(event) => write(event.target.value.replace(/\D/g, ''), unit)}
          className="control max-w-28"
        />
        <div className="relative">
          <select
            aria-label={t('duration.unitOf', { label })}
            value={unit}
            onChange={(event) => write(duration ? String(duration.amount) : '', event.target.value as DurationUnit)}
            className="control appearance-none pe-9"
          >
            {units.map((each) => (
              <option key={each} value={each}>
                {t(`duration.unit.${each}`)}
              </option>
            ))}
          </select>
          <Icon name="down" className="pointer-events-none absolute end-2.5 top-1/2 size-5 -translate-y-1/2" />
        </div>
      </div>
      {error && (
        <div id={`${id}-error`}>
          <ErrorText>{error}</ErrorText>
        </div>
      )}
    </fieldset>
  );
}

/** The ISO duration a field holds, or `null` when no amount is written. */
export const durationOrNull = (value: string) => (value === '' || value.startsWith('unit:') ? null : value);
