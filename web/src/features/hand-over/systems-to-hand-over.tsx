import { useTranslation } from 'react-i18next';
import type { HandOverItem, HandOverPreview } from '../../api/types';
import { CheckField } from '../../ui/form/choice';
import { ErrorText, fieldId } from '../../ui/form/field';
import { useFormat } from '../../ui/format/format';

interface Props {
  preview: HandOverPreview;
  chosen: string[];
  error: string | undefined;
  onChange: (chosen: string[]) => void;
}

const sum = (items: HandOverItem[], of: (item: HandOverItem) => number) =>
  items.reduce((total, item) => total + of(item), 0);

/** The systems of a person with what is open in each, to be ticked, and the sum of what moves. */
export function SystemsToHandOver({ preview, chosen, error, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { items, others } = preview;
  const moving = items.filter(({ id }) => chosen.includes(id));
  const place = ({ owns, deputises }: HandOverItem) =>
    t(owns && deputises ? 'handOver.asBoth' : owns ? 'handOver.asOwner' : 'handOver.asDeputy');
  return (
    <fieldset id={fieldId('systemIds')}>
      <legend className="font-700">{t('handOver.choose')}</legend>
      <CheckField
        value={moving.length === items.length}
        onChange={(all) => onChange(all ? items.map(({ id }) => id) : [])}
      >
        {t('handOver.all')}
      </CheckField>
      <ul className="max-h-80 overflow-y-auto rounded-8 border border-line px-3">
        {items.map((item) => (
          <li key={item.id} className="border-b border-line py-1 last:border-b-0">
            <CheckField
              value={chosen.includes(item.id)}
              onChange={(on) => onChange(on ? [...chosen, item.id] : chosen.filter((id) => id !== item.id))}
            >
              <span>
                {format.name(item)} <span className="text-[0.875rem] text-soft">{item.code}</span>
              </span>
            </CheckField>
            <p className="ps-8 text-[0.875rem] text-soft">
              {[
                place(item),
                t('handOver.open', { count: item.openObligations, overdue: item.overdue }),
                t('handOver.reminders', { count: item.waitingReminders }),
                item.improvementItems > 0 && t('handOver.items', { count: item.improvementItems }),
              ]
                .filter(Boolean)
                .join(t('text.dot'))}
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-2" aria-live="polite">
        {moving.length === 0
          ? t('handOver.noneChosen')
          : t('handOver.sum', {
              systems: moving.length,
              open: sum(moving, ({ openObligations }) => openObligations),
              reminders: sum(moving, ({ waitingReminders }) => waitingReminders),
            })}
      </p>
      {others > 0 && <p className="text-soft">{t('handOver.others', { count: others })}</p>}
      {error && <ErrorText>{error}</ErrorText>}
    </fieldset>
  );
}
