import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../button';
import { Dialog } from '../dialog';
import { ErrorText } from '../form/field';
import { RadioField } from '../form/choice';
import { type Choice, differingFields, merged } from './merge-fields';

interface Props<V extends object> {
  /** What the form began with, what it holds, and what is saved now. */
  base: V;
  mine: V;
  theirs: V;
  labels: Record<string, string>;
  /** A value as people read it. */
  show: (name: keyof V & string, value: unknown) => string;
  /** Who saved theirs, and when; in words. */
  by: string | null;
  onSave: (values: V) => void;
  onClose: () => void;
}

/** Two versions side by side: for each field that differs, whose value is to hold. */
export function MergeDialog<V extends object>({ base, mine, theirs, labels, show, by, onSave, onClose }: Props<V>) {
  const { t } = useTranslation();
  const fields = differingFields(base, mine, theirs);
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(
    () => new Map(fields.flatMap(({ name, holds }) => (holds ? [[name, holds] as const] : []))),
  );
  const [asked, setAsked] = useState(false);
  const open = fields.filter(({ name }) => !choices.has(name));
  const save = () => (open.length > 0 ? setAsked(true) : onSave(merged(mine, theirs, choices)));
  return (
    <Dialog title={t('merge.title')} onClose={onClose}>
      <p className="mb-2">{t('merge.text')}</p>
      {by && <p className="mb-4 text-soft">{by}</p>}
      {fields.length === 0 && <p className="mb-4">{t('merge.same')}</p>}
      <div className="mb-4 grid gap-4">
        {fields.map(({ name, contested }) => (
          <RadioField<Choice>
            key={name}
            name={`merge-${name}`}
            label={contested ? t('merge.contested', { field: labels[name] ?? name }) : (labels[name] ?? name)}
            value={choices.get(name) ?? ''}
            onChange={(choice) => choice && setChoices(new Map([...choices, [name, choice]]))}
            error={asked && !choices.has(name) ? t('merge.choose') : undefined}
            isRequired={contested}
            options={[
              { value: 'mine', label: t('merge.mine', { value: show(name, mine[name]) }) },
              { value: 'theirs', label: t('merge.theirs', { value: show(name, theirs[name]) }) },
            ]}
          />
        ))}
      </div>
      {asked && open.length > 0 && (
        <div role="alert" className="mb-4">
          <ErrorText>{t('merge.open', { count: open.length })}</ErrorText>
        </div>
      )}
      <div className="flex flex-wrap gap-3">
        <Button look="primary" onPress={save}>
          {t('merge.save')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  );
}
