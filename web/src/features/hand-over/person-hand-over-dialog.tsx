import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { HandOverPreview, User } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { Loaded } from '../../ui/feedback';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';
import { PersonField } from '../people/person-field';
import { refreshSystem } from '../systems/system-queries';
import { handOverQuery } from './hand-over-queries';
import { SystemsToHandOver } from './systems-to-hand-over';

/** Everything that a person answers for goes to another, as when the person leaves: chosen from a list of what moves. */
export function PersonHandOverDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const preview = useQuery(handOverQuery(user.id));
  return (
    <Dialog title={t('handOver.personTitle', { name: user.displayName })} onClose={onClose}>
      <Loaded query={preview}>
        {(loaded) =>
          loaded.items.length === 0 ? (
            <p>{t(loaded.others > 0 ? 'handOver.others' : 'handOver.nothing', { count: loaded.others })}</p>
          ) : (
            <HandOverForm user={user} preview={loaded} onClose={onClose} />
          )
        }
      </Loaded>
    </Dialog>
  );
}

function HandOverForm({ user, preview, onClose }: { user: User; preview: HandOverPreview; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { toId: '', note: '', systemIds: preview.items.map(({ id }) => id) },
    fieldOf: (name) => name.replace(/\[\d+\]$/, ''),
    required: () => ['toId'],
    save: ({ toId, note, systemIds }) =>
      api.post<{ systems: number }>(`/users/${user.id}/hand-over`, { toId, systemIds, ...(note && { note }) }),
    onSaved: ({ systems }) => {
      announce(t('handOver.personDone', { count: systems }));
      void refreshSystem(client);
      void client.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  const labels = { toId: t('handOver.to'), note: t('handOver.note'), systemIds: t('handOver.choose') };
  return (
    <>
      <p className="mb-4">{t('handOver.text')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('handOver.submit')} onCancel={onClose}>
        <SystemsToHandOver
          preview={preview}
          chosen={form.values.systemIds}
          error={form.errorOf('systemIds')}
          onChange={(systemIds) => form.set('systemIds', systemIds)}
        />
        <PersonField {...form.bind('toId')} label={labels.toId} />
        <TextField {...form.bind('note')} label={labels.note} rows={3} hint={t('handOver.noteHint')} />
      </Form>
    </>
  );
}
