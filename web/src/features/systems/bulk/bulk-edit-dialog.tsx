import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { isProblem } from '../../../api/problem';
import type { BulkChange, BulkField, BulkPreview } from '../../../api/types';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { ErrorText } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { announce } from '../../../ui/toast';
import { refreshSystem } from '../system-queries';
import { type BulkDraft, BULK_FIELDS, changeOf, CLEARABLE, EMPTY_BULK } from './bulk-draft';
import { BulkFields } from './bulk-fields';
import { BulkPreviewTable } from './bulk-preview';

interface Seen {
  preview: BulkPreview;
  change: BulkChange;
}

interface Props {
  systemIds: string[];
  onClose: () => void;
  onDone: () => void;
}

/** One change of many systems: the fields, then what would change, then the change. */
export function BulkEditDialog({ systemIds, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [seen, setSeen] = useState<Seen | null>(null);
  const form = useForm({
    initial: { ...EMPTY_BULK, chosen: [] as BulkField[] } as BulkDraft & { chosen: BulkField[] },
    fieldOf: (name) => name.replace(/^change\.?/, '') || 'chosen',
    required: ({ chosen }) => chosen.filter((field) => !CLEARABLE.includes(field)),
    save: async (values): Promise<Seen> => {
      const change = changeOf(values, values.chosen);
      return { change, preview: await api.post<BulkPreview>('/systems/bulk-edit/preview', { systemIds, change }) };
    },
    onSaved: setSeen,
    previews: true,
  });
  const labels = Object.fromEntries([
    ...BULK_FIELDS.map((field) => [field, t(`systemFields.${field}`)] as const),
    ['chosen', t('bulk.fields')] as const,
  ]);
  return (
    <Dialog title={t('bulk.title', { count: systemIds.length })} onClose={onClose}>
      {seen ? (
        <Confirm seen={seen} onBack={() => setSeen(null)} onDone={onDone} />
      ) : (
        <Form {...form} labels={labels} onSubmit={form.submit} submit={t('bulk.toPreview')} onCancel={onClose}>
          <BulkFields form={form} labels={labels} />
        </Form>
      )}
    </Dialog>
  );
}

function Confirm({ seen, onBack, onDone }: { seen: Seen; onBack: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { preview, change } = seen;
  const systems = preview.items
    .filter(({ refusals, differences }) => refusals.length === 0 && differences.length > 0)
    .map(({ id, version }) => ({ id, version }));
  const apply = useMutation({
    mutationFn: () => api.post<{ changed: number }>('/systems/bulk-edit', { systems, change }),
    onSuccess: ({ changed }) => {
      announce(t('bulk.done', { count: changed }));
      void refreshSystem(client);
      onDone();
    },
  });
  const stale = isProblem(apply.error, 412);
  return (
    <>
      <BulkPreviewTable preview={preview} />
      {apply.error && (
        <div role="alert" className="mb-4">
          <ErrorText>{stale ? t('bulk.stale') : apply.error.message}</ErrorText>
        </div>
      )}
      <div className="flex flex-wrap gap-3">
        {!stale && systems.length > 0 && (
          <Button look="primary" isPending={apply.isPending} onPress={() => apply.mutate()} autoFocus>
            {t('bulk.apply', { count: systems.length })}
          </Button>
        )}
        <Button onPress={onBack} autoFocus={systems.length === 0}>
          {t(stale ? 'bulk.again' : 'bulk.back')}
        </Button>
      </div>
    </>
  );
}
