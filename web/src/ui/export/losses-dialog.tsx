import { useTranslation } from 'react-i18next';
import { Button } from '../button';
import { Dialog } from '../dialog';
import { DataTable, type Column } from '../table';

interface Loss {
  character: string;
  count: number;
  row: number;
  column: string;
}

/** What a file in Shift_JIS would not hold. */
export interface Losses {
  rows: number;
  lost: Loss[];
  more: number;
}

/** Characters that Shift_JIS lacks, before they become question marks. */
export function LossesDialog({
  losses,
  onClose,
  onDownload,
}: {
  losses: Losses;
  onClose: () => void;
  onDownload: () => void;
}) {
  const { t } = useTranslation();
  const columns: Column<Loss>[] = [
    { key: 'character', title: t('export.character'), heads: true, cell: ({ character }) => character },
    { key: 'count', title: t('export.count'), figure: true, cell: ({ count }) => count },
    { key: 'where', title: t('export.where'), cell: ({ row, column }) => t('export.place', { row, column }) },
  ];
  return (
    <Dialog title={t('export.lossTitle')} onClose={onClose}>
      <p className="mb-4">{t('export.lossText')}</p>
      <div className="mb-4 max-h-80 overflow-y-auto" tabIndex={0} role="region" aria-label={t('export.lossTitle')}>
        <DataTable
          caption={t('export.lossTitle')}
          columns={columns}
          rows={losses.lost}
          rowKey={({ character }) => character}
        />
      </div>
      {losses.more > 0 && <p className="mb-4">{t('export.lossMore', { count: losses.more })}</p>}
      <div className="flex flex-wrap gap-3">
        <Button look="primary" onPress={onDownload}>
          {t('export.anyway')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  );
}
