import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { newMeasure, type Rule } from './policy-draft';

interface NewMeasureDialogProps {
  taken: readonly Rule[];
  onAdd: (rule: Rule) => void;
  onClose: () => void;
}

/** Names a measure that is attested; what each tier owes is edited afterwards, as of any other rule. */
export function NewMeasureDialog({ taken, onAdd, onClose }: NewMeasureDialogProps) {
  const { t } = useTranslation();
  const form = useForm({
    initial: { ja: '', en: '' },
    required: () => ['ja', 'en'],
    save: async (title) => newMeasure(title, taken),
    onSaved: onAdd,
  });
  const labels = { ja: t('policies.titleIn.ja'), en: t('policies.titleIn.en') };
  return (
    <Dialog title={t('policies.addMeasure')} onClose={onClose}>
      <p className="mb-4">{t('policies.addMeasureText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('policies.addMeasureSubmit')} onCancel={onClose}>
        <TextField {...form.bind('ja')} label={labels.ja} />
        <TextField {...form.bind('en')} label={labels.en} />
      </Form>
    </Dialog>
  );
}
