import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Query } from '../../../api/client';
import type { Page, SystemSummary } from '../../../api/types';
import { Button } from '../../../ui/button';
import { BulkEditDialog } from './bulk-edit-dialog';

/** As many as the service changes at once. */
export const MOST_SELECTED = 500;
const PAGE = 200;

interface Props {
  selected: ReadonlySet<string>;
  onSelect: (ids: string[]) => void;
  /** What the list shows, without its place. */
  filters: Query;
  total: number;
}

async function allMatching(filters: Query): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<SystemSummary> = await api.get('/systems', { ...filters, limit: PAGE, cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor && ids.length < MOST_SELECTED);
  return ids.slice(0, MOST_SELECTED);
}

/** How many systems are chosen, the ways to choose all or none, and what to do with them. */
export function SelectionBar({ selected, onSelect, filters, total }: Props) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const everything = useMutation({ mutationFn: () => allMatching(filters), onSuccess: onSelect });
  return (
    <div role="group" aria-label={t('bulk.selection')} className="no-print mb-3 flex flex-wrap items-center gap-3">
      <p role="status">{t('bulk.selected', { count: selected.size })}</p>
      <Button isPending={everything.isPending} onPress={() => everything.mutate()}>
        {t(total > MOST_SELECTED ? 'bulk.selectFirst' : 'bulk.selectAll', { count: Math.min(total, MOST_SELECTED) })}
      </Button>
      {selected.size > 0 && (
        <>
          <Button onPress={() => onSelect([])}>{t('bulk.selectNone')}</Button>
          <Button
            look="primary"
            onPress={() => setEditing(true)}
            {...(selected.size > MOST_SELECTED && { isDisabled: true })}
          >
            {t('bulk.edit')}
          </Button>
        </>
      )}
      {editing && (
        <BulkEditDialog
          systemIds={[...selected]}
          onClose={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            onSelect([]);
          }}
        />
      )}
    </div>
  );
}
