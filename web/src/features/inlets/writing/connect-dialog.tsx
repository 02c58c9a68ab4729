import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { BackupRequirement, IssuedInlet } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { CommandDialog } from '../command-dialog';
import { bodyOf, newInlet, requiredOf } from './inlet-draft';
import { InletFields } from './inlet-fields';
import { useInletWords } from './inlet-words';

/** Connects a tool: says which one and when it runs, then shows the line that makes it report, and waits for it. */
export function ConnectDialog({ requirement, onClose }: { requirement: BackupRequirement; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { labels } = useInletWords();
  const [issued, setIssued] = useState<IssuedInlet | null>(null);
  const form = useForm({
    initial: newInlet(requirement),
    required: requiredOf,
    save: async (draft) =>
      api.post<IssuedInlet>(
        `/backup-requirements/${requirement.id}/inlets`,
        await bodyOf(draft, t('inlets.mappingNoJson')),
      ),
    onSaved: (made) => {
      void client.invalidateQueries({ queryKey: ['inlets', 'of'] });
      setIssued(made);
    },
  });
  if (issued) return <CommandDialog inlet={issued} onClose={onClose} />;
  return (
    <Dialog title={t('inlets.connect')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('inlets.makeAddress')} onCancel={onClose}>
        <InletFields requirement={requirement} draft={form.values} bind={form.bind} />
      </Form>
    </Dialog>
  );
}
