import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../api/types';
import { useFormat } from '../format/format';
import { StaleDialog } from '../form/form';
import { MergeDialog, type MergeWords } from './merge-dialog';
import { differingFields, merged } from './merge-fields';
import { inPieces, type RowKeys, whole } from './merge-rows';

/** What an edit is measured against: what was read, or what somebody else has saved since. */
export interface ReadVersion<V> {
  values: V;
  etag: string | null;
}

interface Newest<V> extends ReadVersion<V> {
  /** The last thing that was done to the record, where its history may be read. */
  last?: HistoryEvent | undefined;
}

/** The version that a form was filled from; its tag is that of the next saving. */
export const useReadVersion = <V,>(values: V, etag: string | null) => useRef<ReadVersion<V>>({ values, etag });

interface MergingProps<V extends object> extends MergeWords {
  form: {
    values: V;
    stale: boolean;
    dismissStale: () => void;
    resubmit: (values: V) => void;
  };
  read: { current: ReadVersion<V> };
  /** Reads what is saved now. */
  newest: () => Promise<Newest<V>>;
  keys?: RowKeys<V>;
  /** Makes mine fit theirs before they are compared. */
  fit?: (mine: V, base: V, theirs: V) => V;
  onReload: () => void;
}

/** What a form shows when somebody else saved first: read theirs, write mine over it, or choose field by field. */
export function Merging<V extends object>(props: MergingProps<V>) {
  const { form, read, newest, keys = {}, fit = (mine) => mine, onReload, ...words } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [found, setFound] = useState<(Newest<V> & { mine: V }) | null>(null);
  const save = (values: V, { values: theirs, etag }: Newest<V>) => {
    read.current = { values: theirs, etag };
    setFound(null);
    form.resubmit(values);
  };
  const fetched = async () => {
    const now = await newest();
    return { ...now, mine: fit(form.values, read.current.values, now.values) };
  };
  const compare = async () => {
    setFound(await fetched());
    form.dismissStale();
  };
  const overwrite = async () => {
    const { mine, ...now } = await fetched();
    const [was = {}, my = {}, their = {}] = inPieces([read.current.values, mine, now.values], keys);
    const choices = new Map(differingFields(was, my, their).map(({ name, holds }) => [name, holds ?? 'mine'] as const));
    save(whole(merged(my, their, choices), mine, now.values, keys), now);
  };
  const last = found?.last;
  const by = last?.actor && t('merge.by', { name: last.actor.displayName, at: format.instant(last.at) });
  return (
    <>
      {form.stale && (
        <StaleDialog
          onReload={onReload}
          onOverwrite={() => void overwrite()}
          onCompare={() => void compare()}
          onCancel={form.dismissStale}
        />
      )}
      {found && (
        <MergeDialog
          {...words}
          base={read.current.values}
          mine={found.mine}
          theirs={found.values}
          keys={keys}
          by={by || null}
          onSave={(values) => save(values, found)}
          onClose={() => setFound(null)}
        />
      )}
    </>
  );
}
