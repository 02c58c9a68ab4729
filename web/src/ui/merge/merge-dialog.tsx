import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../button';
import { Dialog } from '../dialog';
import { ErrorText } from '../form/field';
import { RadioField } from '../form/choice';
import { type Choice, differingFields, merged } from './merge-fields';
import { inPieces, partOf, type RowKeys, rowsOf, whole } from './merge-rows';

/** What the row of a list is called that has this key in one of the versions. */
export type Titled = (list: string, key: string) => string;

export interface MergeWords {
  /** What the fields are called; those of a row as `steps.role`. */
  labels: Record<string, string>;
  /** A value of a field as people read it; that of a field of a row under its name `steps.role`. */
  show: (name: string, value: unknown, titled: Titled) => string;
  /** What a row of a list is called. */
  titleOf?: (list: string, row: object) => string;
}

interface Props<V extends object> extends MergeWords {
  /** What the form began with, what it holds, and what is saved now. */
  base: V;
  mine: V;
  theirs: V;
  /** The lists whose rows are chosen one by one. */
  keys?: RowKeys<V>;
  /** Who saved theirs, and when; in words. */
  by: string | null;
  onSave: (values: V) => void;
  onClose: () => void;
}

/** Two versions side by side: for each field that differs, whose value is to hold. */
export function MergeDialog<V extends object>({
  base,
  mine,
  theirs,
  keys = {},
  by,
  onSave,
  onClose,
  ...says
}: Props<V>) {
  const { t } = useTranslation();
  const [was = {}, my = {}, their = {}] = inPieces([base, mine, theirs], keys);
  const fields = differingFields(was, my, their);
  const words = usePieceWords(says, [theirs, mine, base], keys);
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(
    () => new Map(fields.flatMap(({ name, holds }) => (holds ? [[name, holds] as const] : []))),
  );
  const [asked, setAsked] = useState(false);
  const open = fields.filter(({ name }) => !choices.has(name));
  const save = () => {
    if (open.length > 0) setAsked(true);
    else onSave(whole(merged(my, their, choices), mine, theirs, keys));
  };
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
            label={contested ? t('merge.contested', { field: words.label(name) }) : words.label(name)}
            value={choices.get(name) ?? ''}
            onChange={(choice) => choice && setChoices(new Map([...choices, [name, choice]]))}
            error={asked && !choices.has(name) ? t('merge.choose') : undefined}
            isRequired={contested}
            options={[
              { value: 'mine', label: t('merge.mine', { value: words.value(name, my[name]) }) },
              { value: 'theirs', label: t('merge.theirs', { value: words.value(name, their[name]) }) },
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

/** The pieces in words: `工程「業務の再開」の担当`, its value, and a whole row by the fields that say something. */
function usePieceWords<V extends object>(
  { labels, show, titleOf }: MergeWords,
  versions: readonly V[],
  keys: RowKeys<V>,
) {
  const { t } = useTranslation();
  const titles = new Map<string, string>();
  for (const list of Object.keys(keys))
    for (const version of versions)
      for (const [key, row] of rowsOf(version, list, keys))
        if (!titles.has(`${list}/${key}`)) titles.set(`${list}/${key}`, titleOf?.(list, row) || t('merge.untitled'));
  const title = (list: string, row: string) => {
    const [found, nth] = [titles.get(`${list}/${row}`) ?? row, row.slice(row.lastIndexOf('#') + 1)];
    return nth === '1' ? found : t('merge.nth', { row: found, nth });
  };
  const titled: Titled = (list, key) => title(list, `${key}#1`);
  const label = (name: string): string => {
    const { list, row, field } = partOf(name);
    if (list === null) return labels[field ?? ''] ?? field ?? '';
    const of = labels[list] ?? list;
    if (row === null) return t('merge.order', { list: of });
    const named = t('merge.row', { list: of, row: title(list, row) });
    return field === null ? named : t('merge.rowField', { row: named, field: labels[`${list}.${field}`] ?? field });
  };
  const value = (name: string, one: unknown): string => {
    const { list, row, field } = partOf(name);
    if (list === null) return show(field ?? '', one, titled);
    if (row === null) return (one as string[]).map((key) => title(list, key)).join(t('merge.then'));
    if (field !== null) return show(`${list}.${field}`, one, titled);
    if (one === undefined) return t('merge.absent');
    const parts = one as Record<string, unknown>;
    return Object.entries(labels)
      .map(
        ([key, named]) => [key, named, key.startsWith(`${list}.`) ? parts[key.slice(list.length + 1)] : null] as const,
      )
      .filter(([, , part]) => part !== undefined && part !== '' && part !== null && part !== false)
      .map(([key, named, part]) => t('form.errorOf', { label: named, message: show(key, part, titled) }))
      .join(t('form.listComma'));
  };
  return { label, value };
}
