import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { ImprovementDetail } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { Merging, useReadVersion } from '../../../ui/merge/merging';
import { announce } from '../../../ui/toast';
import { useFieldText } from '../../audit/field-value';
import { PersonField } from '../../people/person-field';
import { usePermission } from '../../session/session';
import { refreshSystem } from '../../systems/system-queries';

interface EditDialogProps {
  item: ImprovementDetail;
  etag: string | null;
  onClose: () => void;
}

const draftOf = ({ title, description, link, ownerId, dueOn }: ImprovementDetail) => ({
  ...{ title, description: description ?? '', link: link ?? '', ownerId: ownerId ?? '', dueOn, reason: '' },
});

/** Changes what an open item says. A later day asks for the reason, and is offered to who may agree to it. */
export function EditDialog({ item, etag, onClose }: EditDialogProps) {
  const { t } = useTranslation();
  const may = usePermission();
  const client = useQueryClient();
  const text = useFieldText();
  const read = useReadVersion(draftOf(item), etag);
  const form = useForm({
    initial: draftOf(item),
    required: ({ dueOn }) => ['title', 'dueOn', ...(dueOn > item.dueOn ? (['reason'] as const) : [])],
    save: ({ title, dueOn, ...rest }) => {
      const emptied = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value || null]));
      return api.patch(`/improvements/${item.id}`, { title, dueOn, ...emptied }, read.current.etag);
    },
    onSaved: () => {
      announce(t('improvements.edited'));
      void refreshSystem(client);
      onClose();
    },
  });
  const newest = async () => {
    const { value, etag } = await api.getTagged<ImprovementDetail>(`/improvements/${item.id}`);
    return { values: draftOf(value), etag };
  };
  const labels = {
    title: t('improvements.name'),
    description: t('improvements.description'),
    link: t('improvements.link'),
    ownerId: t('improvements.owner'),
    dueOn: t('improvements.dueOn'),
    reason: t('improvements.reason'),
  };
  return (
    <Dialog title={t('improvements.editTitle')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('action.save')} onCancel={onClose}>
        <TextField {...form.bind('title')} label={labels.title} hint={t('improvements.nameHint')} />
        <TextField
          {...form.bind('description')}
          label={labels.description}
          rows={4}
          hint={t('improvements.descriptionHint')}
        />
        {may('users:read') && (
          <PersonField
            {...form.bind('ownerId')}
            label={labels.ownerId}
            {...(item.system && { hint: t('improvements.ownerHint') })}
          />
        )}
        <TextField {...form.bind('dueOn')} label={labels.dueOn} type="date" />
        {(item.offered.includes('postpone') || form.values.dueOn > item.dueOn) && (
          <TextField {...form.bind('reason')} label={labels.reason} rows={2} hint={t('improvements.reasonHint')} />
        )}
        <TextField {...form.bind('link')} label={labels.link} type="url" hint={t('improvements.linkHint')} />
      </Form>
      <Merging
        {...{ form, read, newest, labels }}
        show={text}
        onReload={() => {
          void refreshSystem(client);
          onClose();
        }}
      />
    </Dialog>
  );
}
