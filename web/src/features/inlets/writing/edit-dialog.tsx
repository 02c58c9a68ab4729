import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Tagged } from '../../../api/client';
import type { BackupRequirement, Inlet } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { Loaded } from '../../../ui/feedback';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { Merging, useReadVersion } from '../../../ui/merge/merging';
import { announce } from '../../../ui/toast';
import { taggedInletQuery } from '../inlet-queries';
import { bodyOf, draftOf, requiredOf } from './inlet-draft';
import { InletFields } from './inlet-fields';
import { useInletWords } from './inlet-words';

interface EditDialogProps {
  inlet: Inlet;
  requirement: BackupRequirement;
  onClose: () => void;
}

/** Changes what is said of an inlet; its address stays. */
export function EditDialog({ inlet, requirement, onClose }: EditDialogProps) {
  const { t } = useTranslation();
  const newest = useQuery(taggedInletQuery(inlet.id));
  return (
    <Dialog title={t('inlets.editTitle', { name: inlet.name })} onClose={onClose}>
      <Loaded query={newest}>
        {(tagged) => (
          <EditForm
            key={tagged.etag}
            tagged={tagged}
            requirement={requirement}
            onReload={() => void newest.refetch()}
            onClose={onClose}
          />
        )}
      </Loaded>
    </Dialog>
  );
}

interface EditFormProps {
  tagged: Tagged<Inlet>;
  requirement: BackupRequirement;
  onReload: () => void;
  onClose: () => void;
}

function EditForm({ tagged, requirement, onReload, onClose }: EditFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useInletWords();
  const path = `/inlets/${tagged.value.id}`;
  const read = useReadVersion(draftOf(tagged.value), tagged.etag);
  const form = useForm({
    initial: read.current.values,
    required: requiredOf,
    save: async (draft) => api.patch<Inlet>(path, await bodyOf(draft, t('inlets.mappingNoJson')), read.current.etag),
    onSaved: () => {
      announce(t('inlets.edited'));
      void client.invalidateQueries({ queryKey: ['inlets'] });
      onClose();
    },
  });
  const newest = async () => {
    const { value, etag } = await api.getTagged<Inlet>(path);
    return { values: draftOf(value), etag };
  };
  return (
    <>
      <Form {...form} labels={words.labels} onSubmit={form.submit} submit={t('action.save')} onCancel={onClose}>
        <InletFields requirement={requirement} draft={form.values} bind={form.bind} />
      </Form>
      <Merging {...{ form, read, newest, onReload }} {...words} />
    </>
  );
}
