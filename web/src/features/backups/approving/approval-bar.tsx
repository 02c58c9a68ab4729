import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Query } from '../../../api/client';
import type { BackupRequirement, Page } from '../../../api/types';
import { Button } from '../../../ui/button';
import { ApproveManyDialog } from './approve-many-dialog';

/** As many as the service approves at once. */
const MOST_APPROVED = 200;

export type Selection = ReadonlyMap<string, BackupRequirement>;

interface Props {
  selected: Selection;
  onSelect: (requirements: readonly BackupRequirement[]) => void;
  /** What the list shows, without its place. */
  filters: Query;
}

/** How many requirements are chosen, the ways to choose all that one may approve or none, and their approval. */
export function ApprovalBar({ selected, onSelect, filters }: Props) {
  const { t } = useTranslation();
  const [approving, setApproving] = useState<BackupRequirement[] | null>(null);
  const everything = useMutation({
    mutationFn: () =>
      api.get<Page<BackupRequirement>>('/backup-requirements', {
        ...filters,
        approvable: 'true',
        limit: MOST_APPROVED,
      }),
    onSuccess: ({ items }) => onSelect(items),
  });
  const tooMany = selected.size > MOST_APPROVED;
  return (
    <div
      role="group"
      aria-label={t('approveMany.selection')}
      className="no-print mb-3 flex flex-wrap items-center gap-3"
    >
      <p role="status">
        {everything.data?.items.length === 0 && selected.size === 0
          ? t('approveMany.noneWaiting')
          : t('bulk.selected', { count: selected.size })}
        {tooMany && <span className="block text-error">{t('approveMany.tooMany', { count: MOST_APPROVED })}</span>}
        {everything.data?.nextCursor && (
          <span className="block">{t('approveMany.first', { count: MOST_APPROVED })}</span>
        )}
      </p>
      <Button isPending={everything.isPending} onPress={() => everything.mutate()}>
        {t('approveMany.selectAll')}
      </Button>
      {selected.size > 0 && (
        <>
          <Button onPress={() => onSelect([])}>{t('bulk.selectNone')}</Button>
          <Button look="primary" isDisabled={tooMany} onPress={() => setApproving([...selected.values()])}>
            {t('approveMany.open')}
          </Button>
        </>
      )}
      {approving && (
        <ApproveManyDialog
          requirements={approving}
          onApproved={() => onSelect([])}
          onClose={() => {
            setApproving(null);
            everything.reset();
          }}
        />
      )}
    </div>
  );
}
